using System.Data;
using System.Data.Common;

namespace Warehouse.DuckDb;

/// <summary>A transaction of a connection. Disposing it before <see cref="Commit"/> rolls it back.</summary>
public sealed class DuckDBTransaction : DbTransaction
{
    private readonly IsolationLevel _isolationLevel;
    private DuckDBConnection? _connection;

    private DuckDBTransaction(DuckDBConnection connection, IsolationLevel isolationLevel)
    {
        _connection = connection;
        _isolationLevel = isolationLevel;
    }

    /// <inheritdoc/>
    public override IsolationLevel IsolationLevel => _isolationLevel;

    /// <summary>Null once the transaction has ended.</summary>
    protected override DbConnection? DbConnection => _connection;

    internal static DuckDBTransaction Begin(DuckDBConnection connection, IsolationLevel isolationLevel)
    {
        if (isolationLevel is not (IsolationLevel.Unspecified or IsolationLevel.Snapshot or IsolationLevel.Serializable))
        {
            throw new NotSupportedException($"DuckDB's transactions are snapshots; the isolation level {isolationLevel} is not one of its own.");
        }

        if (connection.Transaction is not null)
        {
            throw new InvalidOperationException("The connection has a transaction already, and DuckDB's transactions do not nest.");
        }

        Run(connection, "BEGIN TRANSACTION");
        return connection.Transaction = new DuckDBTransaction(connection, IsolationLevel.Snapshot);
    }

    /// <summary>Makes the changes lasting. Whether it succeeds or fails, the transaction has ended.</summary>
    /// <exception cref="DuckDBException">
    /// Another transaction changed the same rows first, or a statement of this one failed before: all its changes are undone.
    /// </exception>
    public override void Commit()
    {
        var connection = RequireActive();
        try
        {
            RequireSound(connection);
            Run(connection, "COMMIT");
        }
        catch (DuckDBException)
        {
            UndoFailedCommit(connection);
            throw;
        }
        finally
        {
            End(connection);
        }
    }

    /// <summary>Undoes the changes.</summary>
    public override void Rollback()
    {
        var connection = RequireActive();
        try
        {
            Run(connection, "ROLLBACK");
        }
        finally
        {
            End(connection);
        }
    }

    internal void ConnectionClosed() => _connection = null;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _connection is { } connection)
        {
            connection.CloseReader();
            try
            {
                Rollback();
            }
            catch (DuckDBException fault) when (fault.ErrorKind == DuckDBErrorKind.Transaction)
            {
                // The caller's own SQL has ended it: there is nothing left to undo.
            }
        }

        base.Dispose(disposing);
    }

    /// <summary>Of a transaction in which a statement has failed, DuckDB rolls the changes back on COMMIT and calls that success.</summary>
    private static void RequireSound(DuckDBConnection connection)
    {
        try
        {
            Run(connection, "SELECT 1");
        }
        catch (DuckDBException fault) when (fault.ErrorKind == DuckDBErrorKind.Transaction)
        {
            throw new DuckDBException(
                DuckDBErrorKind.Transaction,
                $"The transaction cannot be committed, since a statement in it failed; all its changes are rolled back. ({fault.Message})",
                fault);
        }
    }

    /// <summary>A commit that failed on a conflict has undone everything; one after a failed statement leaves that to us.</summary>
    private static void UndoFailedCommit(DuckDBConnection connection)
    {
        try
        {
            Run(connection, "ROLLBACK");
        }
        catch (DuckDBException fault) when (fault.ErrorKind == DuckDBErrorKind.Transaction)
        {
            // There is no transaction any more.
        }
    }

    private static void Run(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private DuckDBConnection RequireActive() =>
        _connection ?? throw new InvalidOperationException("The transaction has ended: it was committed or rolled back, or its connection was closed.");

    private void End(DuckDBConnection connection)
    {
        connection.Transaction = null;
        _connection = null;
    }
}
