using Warehouse.SampleData.Files;

namespace Warehouse.SampleData.Blocks;

/// <summary>Rows of several data sets, made by one thread, to be put aside by another.</summary>
internal sealed class RowBatch
{
    private readonly List<(CsvDataSet DataSet, int Start, RowHeader Header)> _rows = [];

    public CsvBuffer Buffer { get; } = new();

    public void Clear()
    {
        _rows.Clear();
        Buffer.Clear();
    }

    /// <summary>Ends the row that began at a place in the buffer.</summary>
    public void End(CsvDataSet dataSet, int start, RowHeader header) =>
        _rows.Add((dataSet, start, header with { Length = Buffer.Length - start }));

    public void AppendTo(IReadOnlyList<RowSpill> spills)
    {
        foreach (var (dataSet, start, header) in _rows)
        {
            spills[dataSet.Number].Append(dataSet.BucketOf(header.SortKey), header, Buffer.Span(start, header.Length));
        }
    }
}
