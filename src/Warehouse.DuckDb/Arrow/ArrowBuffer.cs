using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Arrow;

/// <summary>The bytes of one buffer of a record batch, which grows while the batch is filled and is used again for the next.</summary>
internal sealed class ArrowBuffer
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>The byte written last.</summary>
    public ref byte Last => ref _bytes[Length - 1];

    public void Clear() => Length = 0;

    /// <summary>Room for more elements at the end, whose content is to be written.</summary>
    public Span<T> Extend<T>(long count)
        where T : unmanaged
    {
        var bytes = checked((int)(count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()));
        var needed = checked(Length + bytes);
        if (needed > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * _bytes.Length)));
        }

        var room = MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(Length, bytes));
        Length = needed;
        return room;
    }

    public void Append<T>(T value)
        where T : unmanaged => Extend<T>(1)[0] = value;
}
