using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Arrow;

/// <summary>Texts and blobs: where each ends, and all their bytes one after the other.</summary>
internal sealed class BytesColumn : ArrowColumn
{
    private readonly ArrowBuffer _ends = new();
    private readonly ArrowBuffer _bytes = new();
    private readonly Func<ColumnVector, long, byte[]>? _format;

    /// <param name="format">Makes the bytes of a value; null where they are the engine's own.</param>
    public BytesColumn(Func<ColumnVector, long, byte[]>? format = null)
    {
        _format = format;
        ClearValues();
    }

    public override long VariableBytes => _bytes.Length;

    protected override void AppendValues(ColumnVector source, long first, long count)
    {
        var ends = _ends.Extend<int>(count);
        for (var index = 0; index < ends.Length; index++)
        {
            var row = first + index;
            if (!source.IsNull(row))
            {
                var bytes = _format is null ? source.BytesAt(row) : _format(source, row);
                bytes.CopyTo(_bytes.Extend<byte>(bytes.Length));
            }

            ends[index] = _bytes.Length;
        }
    }

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers)
    {
        buffers.Add(_ends);
        buffers.Add(_bytes);
    }

    protected override void ClearValues()
    {
        _ends.Clear();
        _ends.Append(0);
        _bytes.Clear();
    }
}
