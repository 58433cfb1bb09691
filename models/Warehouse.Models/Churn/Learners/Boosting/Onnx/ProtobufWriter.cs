using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Warehouse.Models.Churn.Learners.Boosting.Onnx;

/// <summary>Writes the wire format of Protocol Buffers: as much of it as ONNX needs.</summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();

    public void Write(int field, long value)
    {
        Tag(field, Varint);
        Number((ulong)value);
    }

    public void Write(int field, string text) => Write(field, Encoding.UTF8.GetBytes(text));

    public void Write(int field, float value)
    {
        Tag(field, Fixed32);
        Single(value);
    }

    public void Write(int field, Action<ProtobufWriter> message)
    {
        var inner = new ProtobufWriter();
        message(inner);
        Write(field, inner.ToArray());
    }

    public void Write(int field, IReadOnlyCollection<float> values)
    {
        Tag(field, Bytes);
        Number((ulong)values.Count * sizeof(float));
        foreach (var value in values)
        {
            Single(value);
        }
    }

    public void Write(int field, IEnumerable<long> values)
    {
        var packed = new ProtobufWriter();
        foreach (var value in values)
        {
            packed.Number((ulong)value);
        }

        Write(field, packed.ToArray());
    }

    private void Write(int field, byte[] bytes)
    {
        Tag(field, Bytes);
        Number((ulong)bytes.Length);
        _buffer.Write(bytes);
    }

    private void Tag(int field, int kind) => Number((ulong)((field << 3) | kind));

    private void Number(ulong value)
    {
        while (value >= 0x80)
        {
            _buffer.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        _buffer.Write([(byte)value]);
    }

    private void Single(float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _buffer.Write(bytes);
    }
}
