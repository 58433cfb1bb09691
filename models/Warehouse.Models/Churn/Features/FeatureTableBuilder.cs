using Warehouse.DuckDb;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Puts what queries answer into a table of features. Each query gives a row's place first and then features; a row that
/// it does not give, and NULL, is missing. What a query gives lies row by row, for its rows come in any order.
/// </summary>
internal sealed class FeatureTableBuilder(int rows)
{
    private readonly List<Part> _parts = [];

    public async Task AddAsync(DuckDBCommand query, CancellationToken cancellationToken)
    {
        using var reader = query.ExecuteChunkReader(cancellationToken);
        var width = reader.Columns.Count - 1;
        var values = new float[checked(rows * width)];
        Array.Fill(values, float.NaN);
        var fillers = reader.Columns.Skip(1).Select((column, place) => new ColumnFiller(column, values, place, width)).ToArray();
        while (await reader.ReadAsync(cancellationToken))
        {
            var places = reader.Current[0].AsSpan<int>();
            for (var column = 0; column < width; column++)
            {
                fillers[column].Fill(places, reader.Current[column + 1]);
            }
        }

        _parts.Add(new Part([.. fillers.Select(filler => filler.ToColumn())], values));
    }

    public void Add(string name, float[] values) => _parts.Add(new Part([new FeatureColumn(name)], values));

    public FeatureTable Build(CancellationToken cancellationToken)
    {
        var width = _parts.Sum(part => part.Columns.Length);
        var values = new float[checked(rows * width)];
        RowBlocks.Run(rows, (first, count) =>
        {
            for (var row = first; row < first + count; row++)
            {
                var to = values.AsSpan(row * width, width);
                foreach (var part in _parts)
                {
                    part.Values.AsSpan(row * part.Columns.Length, part.Columns.Length).CopyTo(to);
                    to = to[part.Columns.Length..];
                }
            }
        }, cancellationToken);
        return new FeatureTable([.. _parts.SelectMany(part => part.Columns)], rows, values);
    }

    /// <summary>Columns that came together, their values row by row.</summary>
    private sealed record Part(FeatureColumn[] Columns, float[] Values);
}
