namespace Warehouse.Etl.Staging;

/// <summary>Rows from wherever they come: a header, then records of as many texts.</summary>
internal interface IRowSource : IAsyncDisposable
{
    /// <summary>The names of the columns; none where the source is empty.</summary>
    IReadOnlyList<string> Header { get; }

    /// <summary>The records, once. Whoever takes a block disposes of it.</summary>
    /// <exception cref="Definitions.UserFaultException">The source is damaged.</exception>
    IEnumerable<RecordBlock> Read(CancellationToken cancellationToken);
}
