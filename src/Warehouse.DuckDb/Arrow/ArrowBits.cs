namespace Warehouse.DuckDb.Arrow;

/// <summary>A buffer of bits, lowest first: which values are present, or the values of a BOOLEAN.</summary>
internal sealed class ArrowBits
{
    private readonly ArrowBuffer _bytes = new();

    public int Length { get; private set; }

    /// <summary>How many of the bits are 0.</summary>
    public int Zeros { get; private set; }

    public ArrowBuffer Bytes => _bytes;

    public void Clear()
    {
        _bytes.Clear();
        (Length, Zeros) = (0, 0);
    }

    public void Append(bool bit)
    {
        var position = Length & 7;
        if (position == 0)
        {
            _bytes.Append<byte>(0);
        }

        if (bit)
        {
            _bytes.Last |= (byte)(1 << position);
        }
        else
        {
            Zeros++;
        }

        Length++;
    }

    public void AppendOnes(long count)
    {
        for (; count > 0 && (Length & 7) != 0; count--)
        {
            Append(bit: true);
        }

        _bytes.Extend<byte>(count / 8).Fill(byte.MaxValue);
        Length += (int)(count / 8 * 8);
        for (count %= 8; count > 0; count--)
        {
            Append(bit: true);
        }
    }
}
