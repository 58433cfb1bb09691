using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Analysis.Tests;

internal static class TemporaryTables
{
    /// <summary>What is left in the temporary schema of a connection.</summary>
    public static Task<List<string>> TemporaryTablesAsync(this DbConnection connection) => connection.RowsAsync(
        "SELECT table_name FROM duckdb_tables() WHERE temporary UNION ALL SELECT function_name FROM duckdb_functions() WHERE function_type = 'macro' AND database_name = 'temp' AND NOT internal",
        row => row.GetString(0),
        CancellationToken.None);
}
