using Warehouse.DuckDb.Execution;

namespace Warehouse.DuckDb;

/// <summary>Up to 2048 rows of a result, by columns, in the engine's memory: good until the next chunk is read or the reader disposed.</summary>
public readonly ref struct DuckDBDataChunk
{
    private readonly QueryResult _result;
    private readonly int _generation;

    internal DuckDBDataChunk(QueryResult result, int rowCount)
    {
        _result = result;
        _generation = result.Generation;
        RowCount = rowCount;
    }

    /// <summary>How many rows there are, 1 to 2048.</summary>
    public int RowCount { get; }

    /// <summary>How many columns there are.</summary>
    public int ColumnCount => _result.Vectors.Length;

    /// <summary>A column's values.</summary>
    /// <exception cref="InvalidOperationException">The chunk has given way to another.</exception>
    public DuckDBVector this[int column]
    {
        get
        {
            _result.RequireGeneration(_generation);
            return new DuckDBVector(_result, _generation, _result.Vectors[column], RowCount);
        }
    }
}
