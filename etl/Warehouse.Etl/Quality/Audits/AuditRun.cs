using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Etl.Star;
using Warehouse.Store;

namespace Warehouse.Etl.Quality.Audits;

/// <summary>Makes the audits of a generation before it is published, and notes what they found in <c>quality.audit</c>.</summary>
internal static class AuditRun
{
    public static async Task<IReadOnlyList<AuditResult>> RunAsync(
        Publication publication, IReadOnlyList<Audit> audits, CancellationToken cancellationToken)
    {
        var results = new List<AuditResult>();
        foreach (var audit in audits)
        {
            var result = await RunAsync(publication, audit, cancellationToken);
            results.Add(result);
            await publication.Connection.ExecuteAsync(
                """
                INSERT INTO quality.audit (generation, name, table_name, severity, offenders, rows_checked, is_broken, example)
                VALUES ($generation, $name, $table_name, $severity, $offenders, $rows_checked, $is_broken, $example)
                """,
                cancellationToken,
                ("generation", publication.Number),
                ("name", result.Name),
                ("table_name", result.Table),
                ("severity", result.Severity.ToString().ToLowerInvariant()),
                ("offenders", result.Offenders),
                ("rows_checked", result.Rows),
                ("is_broken", result.IsBroken),
                ("example", result.Example));
        }

        return results;
    }

    private static async Task<AuditResult> RunAsync(Publication publication, Audit audit, CancellationToken cancellationToken)
    {
        var columns = audit.Table is { } table ? await ColumnsAsync(publication.Connection, audit.Name, table, cancellationToken) : [];
        var sql = new AuditSql(audit.Table, columns.Contains("generation"), audit.Feed, FactTable.KeyOf(audit.Table));
        try
        {
            var text = sql.Write(audit.Rule, publication.Number, publication.StartedAt);
            var (offenders, rows, example) = (await publication.Connection.RowsAsync(
                text, row => (row.GetInt64(0), row.GetInt64(1), row.TextOrNull(2)), cancellationToken, sql.Values))[0];
            var allowed = audit.IsShare ? audit.AtMost * rows : audit.AtMost;
            return new AuditResult(audit.Name, audit.Table, audit.Severity, offenders, rows, offenders > 0 ? example : null, offenders > allowed);
        }
        catch (DuckDBException refused) when (refused.ErrorKind is DuckDBErrorKind.Binder or DuckDBErrorKind.Catalog or DuckDBErrorKind.Parser or DuckDBErrorKind.Conversion)
        {
            throw new UserFaultException(
                $"The check \"{audit.Name}\" cannot be made. Nothing was loaded. The engine says: {refused.Message.ReplaceLineEndings(" ")}", refused);
        }
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(
        DbConnection connection, string name, string table, CancellationToken cancellationToken)
    {
        var columns = await connection.RowsAsync(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database() AND schema_name || '.' || table_name = $table",
            row => row.GetString(0),
            cancellationToken,
            ("table", table));
        if (columns.Count > 0)
        {
            return columns;
        }

        var tables = await connection.RowsAsync(
            "SELECT DISTINCT schema_name || '.' || table_name FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal ORDER BY 1",
            row => row.GetString(0),
            cancellationToken);
        throw new UserFaultException(
            $"The check \"{name}\" is about {table}, and there is no such table. {NearNames.Hint(table, tables, "tables")} Nothing was loaded.");
    }
}
