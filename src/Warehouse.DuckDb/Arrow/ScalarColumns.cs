using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Arrow;

/// <summary>Values that lie in Arrow's memory as in the engine's.</summary>
internal sealed unsafe class CopiedColumn(int width) : ArrowColumn
{
    private readonly ArrowBuffer _values = new();

    protected override void AppendValues(ColumnVector source, long first, long count) =>
        new ReadOnlySpan<byte>(source.Data + (first * width), checked((int)(count * width))).CopyTo(_values.Extend<byte>(count * width));

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers) => buffers.Add(_values);

    protected override void ClearValues() => _values.Clear();
}

/// <summary>Values that are converted one by one; a NULL's place is given whatever the conversion makes of its memory.</summary>
internal sealed class ConvertedColumn<T>(Func<ColumnVector, long, T> convert) : ArrowColumn
    where T : unmanaged
{
    private readonly ArrowBuffer _values = new();

    protected override void AppendValues(ColumnVector source, long first, long count)
    {
        var values = _values.Extend<T>(count);
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = source.IsNull(first + index) ? default : convert(source, first + index);
        }
    }

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers) => buffers.Add(_values);

    protected override void ClearValues() => _values.Clear();
}

/// <summary>BOOLEAN: a byte in the engine, a bit in Arrow.</summary>
internal sealed class BooleanColumn : ArrowColumn
{
    private readonly ArrowBits _values = new();

    protected override void AppendValues(ColumnVector source, long first, long count)
    {
        for (var row = first; row < first + count; row++)
        {
            _values.Append(source.At<byte>(row) != 0);
        }
    }

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers) => buffers.Add(_values.Bytes);

    protected override void ClearValues() => _values.Clear();
}

/// <summary>NULL and nothing else.</summary>
internal sealed class NullColumn : ArrowColumn
{
    protected override bool HasPresence => false;

    protected override long Nulls => Length;

    protected override void AppendValues(ColumnVector source, long first, long count)
    {
    }

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers)
    {
    }

    protected override void ClearValues()
    {
    }
}
