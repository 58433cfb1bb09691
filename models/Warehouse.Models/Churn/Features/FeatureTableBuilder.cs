using Warehouse.DuckDb;

namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Puts what queries answer into a table of features. Each query gives a row's place first and then features; a row that
/// it does not give, and NULL, is missing.
/// </summary>
internal sealed class FeatureTableBuilder(int rows)
{
    private readonly List<(FeatureColumn Column, float[] Values)> _parts = [];

    public async Task AddAsync(DuckDBCommand query, CancellationToken cancellationToken)
    {
        using var reader = query.ExecuteChunkReader(cancellationToken);
        var columns = reader.Columns.Skip(1).Select(column => new ColumnFiller(column, rows)).ToArray();
        while (await reader.ReadAsync(cancellationToken))
        {
            Fill(reader.Current, columns);
        }

        foreach (var column in columns)
        {
            _parts.Add((column.ToColumn(), column.Values));
        }
    }

    public void Add(string name, float[] values) => _parts.Add((new FeatureColumn(name), values));

    public FeatureTable Build()
    {
        var width = _parts.Count;
        var values = new float[checked(rows * width)];
        for (var column = 0; column < width; column++)
        {
            var from = _parts[column].Values;
            for (int row = 0, at = column; row < rows; row++, at += width)
            {
                values[at] = from[row];
            }
        }

        return new FeatureTable([.. _parts.Select(part => part.Column)], rows, values);
    }

    private static void Fill(DuckDBDataChunk chunk, ColumnFiller[] columns)
    {
        var places = chunk[0].AsSpan<int>();
        for (var column = 0; column < columns.Length; column++)
        {
            columns[column].Fill(places, chunk[column + 1]);
        }
    }
}
