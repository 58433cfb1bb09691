using System.Data.Common;

namespace Warehouse.Store;

/// <summary>What the engine holds in memory.</summary>
public static class EngineMemory
{
    /// <summary>The bytes that running queries hold (hash tables, sorted rows, results); what is kept of the file is not counted.</summary>
    public static async Task<long> HeldByQueriesAsync(DbConnection connection, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            "SELECT coalesce(CAST(sum(memory_usage_bytes) AS BIGINT), 0) FROM duckdb_memory() WHERE tag IN ('HASH_TABLE', 'ORDER_BY', 'COLUMN_DATA', 'WINDOW', 'ALLOCATOR')",
            row => row.GetInt64(0),
            cancellationToken))[0];
}
