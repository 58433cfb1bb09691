namespace Warehouse.DuckDb.Execution;

/// <summary>What has a connection to itself between two calls: a reader by rows or by chunks.</summary>
internal interface IOpenReader
{
    void Close();

    /// <summary>Stops what another thread waits for; it then gets an <see cref="OperationCanceledException"/>.</summary>
    void Interrupt();
}
