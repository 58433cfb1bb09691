using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Arrow;

/// <summary>One column of the record batch that is being filled, or a part of a nested one, in Arrow's layout.</summary>
internal abstract class ArrowColumn
{
    private readonly ArrowBits _present = new();

    /// <summary>How many values there are in the batch so far.</summary>
    public int Length { get; private set; }

    /// <summary>Takes over values of a chunk, from a row on.</summary>
    public void Append(ColumnVector source, long first, long count)
    {
        Length += (int)count;
        if (HasPresence)
        {
            AppendPresence(source, first, count);
        }

        AppendValues(source, first, count);
    }

    /// <summary>Adds this column's node and buffers, then its children's, in the order in which a record batch lists them.</summary>
    public void Describe(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers)
    {
        nodes.Add((Length, Nulls));
        if (HasPresence)
        {
            buffers.Add(_present.Bytes);
        }

        DescribeValues(nodes, buffers);
    }

    public void Clear()
    {
        Length = 0;
        _present.Clear();
        ClearValues();
    }

    /// <summary>How many bytes of variable length the batch holds here, to keep it from growing beyond what its offsets reach.</summary>
    public virtual long VariableBytes => 0;

    /// <summary>False for the layouts that have no bits for NULL of their own.</summary>
    protected virtual bool HasPresence => true;

    protected virtual long Nulls => _present.Zeros;

    protected void AppendPresent(long count) => _present.AppendOnes(count);

    protected abstract void AppendValues(ColumnVector source, long first, long count);

    protected abstract void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers);

    protected abstract void ClearValues();

    protected virtual unsafe void AppendPresence(ColumnVector source, long first, long count)
    {
        if (source.Validity is null)
        {
            _present.AppendOnes(count);
            return;
        }

        for (var row = first; row < first + count; row++)
        {
            _present.Append(!source.IsNull(row));
        }
    }
}
