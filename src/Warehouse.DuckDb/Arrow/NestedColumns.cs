using Warehouse.DuckDb.Native;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Arrow;

/// <summary>LIST and MAP: where each row's elements end, and the elements of all rows one after the other.</summary>
internal sealed class ListColumn : ArrowColumn
{
    private readonly ArrowBuffer _ends = new();
    private readonly ArrowColumn _elements;

    public ListColumn(ArrowColumn elements)
    {
        _elements = elements;
        ClearEnds();
    }

    public override long VariableBytes => _elements.VariableBytes + _elements.Length;

    protected override void AppendValues(ColumnVector source, long first, long count)
    {
        // A MAP's pairs are a struct in Arrow, whose fields are the map's own children here.
        var elements = source.Type.Id == DuckDBType.Map ? source : source.Children[0];
        var ends = _ends.Extend<int>(count);
        for (var index = 0; index < ends.Length; index++)
        {
            var row = first + index;
            if (!source.IsNull(row))
            {
                var entry = source.At<NativeListEntry>(row);
                _elements.Append(elements, (long)entry.Offset, (long)entry.Length);
            }

            ends[index] = _elements.Length;
        }
    }

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers)
    {
        buffers.Add(_ends);
        _elements.Describe(nodes, buffers);
    }

    protected override void ClearValues()
    {
        ClearEnds();
        _elements.Clear();
    }

    private void ClearEnds()
    {
        _ends.Clear();
        _ends.Append(0);
    }
}

/// <summary>ARRAY: as many elements for each row, a NULL's included.</summary>
internal sealed class ArrayColumn(ArrowColumn elements) : ArrowColumn
{
    public override long VariableBytes => elements.VariableBytes;

    protected override void AppendValues(ColumnVector source, long first, long count) =>
        elements.Append(source.Children[0], first * source.Type.ArrayLength, count * source.Type.ArrayLength);

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers) => elements.Describe(nodes, buffers);

    protected override void ClearValues() => elements.Clear();
}

/// <summary>STRUCT, and the pairs of a MAP.</summary>
internal sealed class StructColumn(ArrowColumn[] fields, bool isNullable) : ArrowColumn
{
    public override long VariableBytes => fields.Max(part => part.VariableBytes);

    protected override void AppendPresence(ColumnVector source, long first, long count)
    {
        if (isNullable)
        {
            base.AppendPresence(source, first, count);
        }
        else
        {
            AppendPresent(count);
        }
    }

    protected override void AppendValues(ColumnVector source, long first, long count)
    {
        for (var index = 0; index < fields.Length; index++)
        {
            fields[index].Append(source.Children[index], first, count);
        }
    }

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers) =>
        Array.ForEach(fields, field => field.Describe(nodes, buffers));

    protected override void ClearValues() => Array.ForEach(fields, field => field.Clear());
}

/// <summary>UNION, sparse: which member each row has, and every member's column at full length.</summary>
internal sealed class UnionColumn(ArrowColumn[] members) : ArrowColumn
{
    private readonly ArrowBuffer _tags = new();

    public override long VariableBytes => members.Max(member => member.VariableBytes);

    protected override bool HasPresence => false;

    protected override long Nulls => 0;

    protected override void AppendValues(ColumnVector source, long first, long count)
    {
        // Arrow has no NULL of the union itself: it is the NULL of a member, and all members of such a row are NULL.
        var tags = _tags.Extend<byte>(count);
        for (var index = 0; index < tags.Length; index++)
        {
            tags[index] = source.IsNull(first + index) ? (byte)0 : source.At<byte>(first + index);
        }

        for (var index = 0; index < members.Length; index++)
        {
            members[index].Append(source.Children[index], first, count);
        }
    }

    protected override void DescribeValues(List<(long Length, long Nulls)> nodes, List<ArrowBuffer> buffers)
    {
        buffers.Add(_tags);
        Array.ForEach(members, member => member.Describe(nodes, buffers));
    }

    protected override void ClearValues()
    {
        _tags.Clear();
        Array.ForEach(members, member => member.Clear());
    }
}
