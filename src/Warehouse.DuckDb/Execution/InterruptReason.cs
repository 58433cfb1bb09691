namespace Warehouse.DuckDb.Execution;

internal enum InterruptReason
{
    None,
    Token,
    Timeout,
    Cancel,
}
