using System.Data.Common;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Destinations;

/// <summary>
/// Brings a table of a PostgreSQL database to the state of a list, in one transaction: it holds a row for each customer of each
/// list that is sent there. Beside it <c>TABLE_export</c> notes what was taken; an export that was is not taken twice.
/// </summary>
internal static class PostgresTable
{
    private const string List = "list";

    private static readonly NpgsqlCommandBuilder Quoted = new();

    /// <returns>Whether it was taken now; false where it had been before.</returns>
    /// <exception cref="UserFaultException">The database cannot be reached, or refuses it.</exception>
    public static async Task<bool> WriteAsync(DbConnection connection, PostgresRoute route, ExportContent content, CancellationToken cancellationToken)
    {
        try
        {
            await using var target = new NpgsqlConnection(route.Connection);
            await target.OpenAsync(cancellationToken);
            await using var transaction = await target.BeginTransactionAsync(cancellationToken);
            await MakeAsync(target, route, content, cancellationToken);
            if (await NoteAsync(target, route, content, cancellationToken) == 0)
            {
                return false;
            }

            await FillAsync(connection, target, content, cancellationToken);
            await MergeAsync(target, route, content, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException refused)
        {
            throw new UserFaultException($"{route.Schema}.{route.Table} was not written, and is as it was: {refused.Message}", refused);
        }
    }

    private static Task<int> MakeAsync(NpgsqlConnection target, PostgresRoute route, ExportContent content, CancellationToken cancellationToken)
    {
        var key = content.Columns.First(column => column.Field.Name == ExportField.Identifier).Name;
        return RunAsync(
            target,
            $"""
            CREATE SCHEMA IF NOT EXISTS {Quote(route.Schema)};
            CREATE TABLE IF NOT EXISTS {Name(route)} ({Quote(List)} text NOT NULL, {Typed(content)}, PRIMARY KEY ({Quote(List)}, {Quote(key)}));
            CREATE TABLE IF NOT EXISTS {Noted(route)} (export_id text PRIMARY KEY, list text NOT NULL, taken_at timestamptz NOT NULL DEFAULT now());
            CREATE TEMP TABLE warehouse_change (place bigint, change text, {Typed(content)}) ON COMMIT DROP;
            """,
            cancellationToken);
    }

    private static Task<int> NoteAsync(NpgsqlConnection target, PostgresRoute route, ExportContent content, CancellationToken cancellationToken) =>
        RunAsync(
            target,
            $"INSERT INTO {Noted(route)} (export_id, list) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            cancellationToken,
            content.ExportId,
            content.List);

    private static async Task FillAsync(DbConnection connection, NpgsqlConnection target, ExportContent content, CancellationToken cancellationToken)
    {
        var columns = string.Join(", ", content.Columns.Select(column => Quote(column.Name)));
        await using var rows = await target.BeginBinaryImportAsync($"COPY warehouse_change (place, change, {columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        var place = 0L;
        await foreach (var (change, fields) in content.RowsAsync(connection, 0, long.MaxValue / 2, cancellationToken))
        {
            await rows.StartRowAsync(cancellationToken);
            await rows.WriteAsync(place++, NpgsqlDbType.Bigint, cancellationToken);
            await rows.WriteAsync(change, NpgsqlDbType.Text, cancellationToken);
            foreach (var (column, text) in content.Columns.Zip(fields))
            {
                await WriteAsync(rows, column.Field.Type, text, cancellationToken);
            }
        }

        await rows.CompleteAsync(cancellationToken);
    }

    private static Task WriteAsync(NpgsqlBinaryImporter rows, ExportType type, string? text, CancellationToken cancellationToken) => (text, type) switch
    {
        (null, _) => rows.WriteNullAsync(cancellationToken),
        (_, ExportType.Number) => rows.WriteAsync(decimal.Parse(text, CultureInfo.InvariantCulture), NpgsqlDbType.Numeric, cancellationToken),
        (_, ExportType.Date) => rows.WriteAsync(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture), NpgsqlDbType.Date, cancellationToken),

        // A text of PostgreSQL holds no NUL.
        _ => rows.WriteAsync(text.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text, cancellationToken),
    };

    private static async Task MergeAsync(NpgsqlConnection target, PostgresRoute route, ExportContent content, CancellationToken cancellationToken)
    {
        var key = Quote(content.Columns.First(column => column.Field.Name == ExportField.Identifier).Name);
        var columns = string.Join(", ", content.Columns.Select(column => Quote(column.Name)));
        await RunAsync(
            target,
            content.IsWhole
                ? $"DELETE FROM {Name(route)} WHERE {Quote(List)} = $1"
                : $"DELETE FROM {Name(route)} WHERE {Quote(List)} = $1 AND {key} IN (SELECT {key} FROM warehouse_change)",
            cancellationToken,
            content.List);
        await RunAsync(
            target,
            $"INSERT INTO {Name(route)} ({Quote(List)}, {columns}) SELECT $1, {columns} FROM warehouse_change WHERE change <> 'removed' ORDER BY place",
            cancellationToken,
            content.List);
    }

    private static string Typed(ExportContent content) => string.Join(", ", content.Columns.Select(column => $"{Quote(column.Name)} " + column.Field.Type switch
    {
        ExportType.Number => "numeric",
        ExportType.Date => "date",
        _ => "text",
    }));

    private static string Name(PostgresRoute route) => $"{Quote(route.Schema)}.{Quote(route.Table)}";

    private static string Noted(PostgresRoute route) => $"{Quote(route.Schema)}.{Quote(route.Table + "_export")}";

    private static string Quote(string name) => Quoted.QuoteIdentifier(name);

    private static async Task<int> RunAsync(NpgsqlConnection target, string sql, CancellationToken cancellationToken, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, target);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
