using Warehouse.Definitions;
using Warehouse.DuckDb;

namespace Warehouse.Store;

/// <summary>Says in the user's words why a database could not be opened.</summary>
internal static class DatabaseFault
{
    public static UserFaultException Of(DuckDBException refused, string name) => new(Explain(refused, name), refused);

    /// <summary>Says why a generation could not be written where that lies with the machine; null where it is a bug.</summary>
    public static string? WhileWriting(DuckDBException refused) => refused.ErrorKind switch
    {
        DuckDBErrorKind.OutOfMemory =>
            $"There is not enough memory, nor room to spill ({Workspace.FileName}: limits). Nothing was changed. The engine says: {refused.Message.ReplaceLineEndings(" ")}",
        DuckDBErrorKind.IO or DuckDBErrorKind.Fatal =>
            $"The disk cannot be written, or is full. Nothing was changed. The engine says: {refused.Message.ReplaceLineEndings(" ")}",
        // A commit that the disk does not take is told as a fault of the transaction.
        DuckDBErrorKind.Transaction when refused.Message.Contains("Could not write", StringComparison.Ordinal) =>
            $"The disk cannot be written, or is full. Nothing was changed. The engine says: {refused.Message.ReplaceLineEndings(" ")}",
        _ => null,
    };

    private static string Explain(DuckDBException refused, string name)
    {
        if (refused.LockHolderProcessId is { } holder)
        {
            return FormattableString.Invariant(
                $"{name} is in use by process {holder}. One process writes at a time: wait until it is done, or ask a running 'warehouse serve' instead. Nothing was changed.");
        }

        var reason = refused.Message.ReplaceLineEndings(" ");
        return refused.ErrorKind switch
        {
            DuckDBErrorKind.IO or DuckDBErrorKind.Serialization or DuckDBErrorKind.Fatal or DuckDBErrorKind.Internal =>
                $"{name} cannot be opened as a warehouse: it is no DuckDB database, or it is damaged. Nothing was changed. Restore it from a backup, or move it away and load again; the sources and their hashes make the same warehouse. The engine says: {reason}",
            DuckDBErrorKind.InvalidInput or DuckDBErrorKind.Catalog or DuckDBErrorKind.InvalidConfiguration =>
                $"{name} cannot be opened with the limits of {Workspace.FileName}. The engine says: {reason}",
            _ => $"{name} cannot be opened. The engine says: {reason}",
        };
    }
}
