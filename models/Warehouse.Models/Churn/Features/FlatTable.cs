using System.Data.Common;
using System.Globalization;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Models.Churn.Learners;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Any table with a label as examples: numbers (also those written as texts) as numbers, dates as the days since (tenure), other
/// texts as categories, columns that tell rows apart (keys) left out.
/// </summary>
internal static class FlatTable
{
    /// <summary>A text whose values are numbers (or dates) so often is one; what is not becomes missing.</summary>
    private const double NumericShare = 0.95;

    /// <summary>A text with so many different values for each row is a key.</summary>
    private const double KeyShare = 0.5;
    private const int FewestForKey = 50;

    private static readonly string[] Yes = ["yes", "y", "true", "t", "1", "churned", "left"];
    private static readonly string[] No = ["no", "n", "false", "f", "0", "stayed", "active"];

    /// <summary>Reads a table of the database.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="table">The table, with its schema where it has one.</param>
    /// <param name="columns">The columns that say who left, and when.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="WrongCommandException">There is no such table or column.</exception>
    /// <exception cref="UserFaultException">The label has not two values that say yes and no, or the date is none.</exception>
    public static async Task<FlatRows> OfTableAsync(
        DbConnection connection, string table, FlatColumns columns, CancellationToken cancellationToken)
    {
        var tables = await connection.RowsAsync(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables ORDER BY ALL", row => row.GetString(0), cancellationToken);
        var name = tables.Find(known => known == table || known == $"main.{table}")
            ?? throw new WrongCommandException($"There is no table \"{table}\". {NearNames.Hint(table, tables, "tables")}");
        var quote = new DuckDBCommandBuilder();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return await ReadAsync(
            connection, $"{quote.QuoteIdentifier(name[..dot])}.{quote.QuoteIdentifier(name[(dot + 1)..])}", columns, [], cancellationToken);
    }

    /// <summary>Reads a CSV or Parquet file.</summary>
    /// <exception cref="UserFaultException">The file cannot be read.</exception>
    public static async Task<FlatRows> OfFileAsync(
        DbConnection connection, string file, FlatColumns columns, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new UserFaultException($"There is no file {file}.");
        }

        var source = file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? "read_parquet($file)" : "read_csv($file, all_varchar = true)";
        try
        {
            return await ReadAsync(connection, source, columns, [("file", file)], cancellationToken);
        }
        catch (DuckDBException fault)
        {
            throw new UserFaultException($"{file} cannot be read: {fault.Message}", fault);
        }
    }

    private static async Task<FlatRows> ReadAsync(
        DbConnection connection, string source, FlatColumns asked, (string, object?)[] values, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"CREATE OR REPLACE TEMP TABLE churn_flat AS SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS \"#\", * FROM {source}",
            cancellationToken,
            values);
        var columns = await connection.RowsAsync(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'churn_flat' AND column_index > 1 ORDER BY column_index",
            row => (Name: row.GetString(0), Type: row.GetString(1)),
            cancellationToken);
        foreach (var wanted in new[] { asked.Label, asked.Date }.OfType<string>().Where(wanted => columns.All(column => column.Name != wanted)))
        {
            throw new WrongCommandException($"There is no column \"{wanted}\". {NearNames.Hint(wanted, columns.Select(column => column.Name), "columns")}");
        }

        var churned = await LabelsAsync(connection, asked.Label, cancellationToken);
        var dates = asked.Date is { } date ? await DatesAsync(connection, date, cancellationToken) : null;
        var builder = new FeatureTableBuilder(churned.Length);
        var dropped = new List<DroppedFeature>();
        foreach (var (name, type) in columns.Where(column => column.Name != asked.Label))
        {
            var (expression, reason) = name == asked.Date
                ? (null, "it says when; the test is out of time by it")
                : await FormAsync(connection, name, type, asked.Date, churned.Length, cancellationToken);
            if (expression is null)
            {
                dropped.Add(new DroppedFeature(name, reason));
                continue;
            }

            var quoted = new DuckDBCommandBuilder().QuoteIdentifier(name);
            await using var query = (DuckDBCommand)connection.Command($"SELECT \"#\", {expression} AS {quoted} FROM temp.churn_flat");
            await builder.AddAsync(query, cancellationToken);
        }

        return new FlatRows(new Examples(builder.Build(cancellationToken), churned, [.. Enumerable.Range(0, churned.Length)]), dates, dropped);
    }

    /// <summary>How a column becomes a feature, or why it is left out.</summary>
    private static async Task<(string? Expression, string Reason)> FormAsync(
        DbConnection connection, string name, string type, string? date, int rows, CancellationToken cancellationToken)
    {
        var column = new DuckDBCommandBuilder().QuoteIdentifier(name);
        var text = $"nullif(trim(CAST({column} AS VARCHAR)), '')";
        var (present, numbers, distinct, wholes, days) = (await connection.RowsAsync(
            $"""
            SELECT
                count({text}), count(try_cast({text} AS DOUBLE)), count(DISTINCT {text}), count(try_cast({text} AS BIGINT)),
                count(try_cast({text} AS TIMESTAMP))
            FROM temp.churn_flat
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            cancellationToken))[0];
        if (type == "BOOLEAN")
        {
            return ($"CAST({column} AS DOUBLE)", "");
        }

        var isNumber = present > 0 && numbers >= NumericShare * present;
        if (present > 0 && !isNumber && days >= NumericShare * present)
        {
            return ($"(epoch({Since(column, date)}) - epoch(try_cast({text} AS TIMESTAMP))) / 86400.0", "");
        }

        var isKey = rows >= FewestForKey && (isNumber ? distinct == rows && wholes >= numbers : distinct > KeyShare * present);
        return isKey
            ? (null, string.Create(CultureInfo.InvariantCulture, $"it tells rows apart ({distinct} different values): a key"))
            : (isNumber || present == 0 ? $"try_cast({text} AS DOUBLE)" : text, "");
    }

    /// <summary>The day that a date is reckoned to: the row's own, or the latest of the column.</summary>
    private static string Since(string column, string? date) => date is null
        ? $"(SELECT max(try_cast({column} AS TIMESTAMP)) FROM temp.churn_flat)"
        : $"try_cast({new DuckDBCommandBuilder().QuoteIdentifier(date)} AS TIMESTAMP)";

    private static async Task<DateOnly[]> DatesAsync(DbConnection connection, string date, CancellationToken cancellationToken)
    {
        var column = new DuckDBCommandBuilder().QuoteIdentifier(date);
        var dates = await connection.RowsAsync(
            $"SELECT CAST(try_cast({column} AS TIMESTAMP) AS DATE), CAST({column} AS VARCHAR) FROM temp.churn_flat ORDER BY \"#\"",
            row => (Date: row.ValueOrNull<DateOnly>(0), Text: row.TextOrNull(1)),
            cancellationToken);
        return dates.FindIndex(row => row.Date is null) is >= 0 and var wrong
            ? throw new UserFaultException(FormattableString.Invariant(
                $"The date {date} is {(dates[wrong].Text is { } text ? $"\"{text}\"" : "missing")} in row {wrong + 1}; expected a date like 2026-06-30 in every row."))
            : [.. dates.Select(row => row.Date!.Value)];
    }

    private static async Task<bool[]> LabelsAsync(DbConnection connection, string label, CancellationToken cancellationToken)
    {
        var column = new DuckDBCommandBuilder().QuoteIdentifier(label);
        var labels = await connection.RowsAsync(
            $"SELECT lower(trim(CAST({column} AS VARCHAR))) FROM temp.churn_flat ORDER BY \"#\"", row => row.TextOrNull(0), cancellationToken);
        var found = labels.Distinct(StringComparer.Ordinal).Take(5).ToArray();
        return found.All(value => value is not null && (Yes.Contains(value) || No.Contains(value)))
            ? [.. labels.Select(value => Yes.Contains(value))]
            : throw new UserFaultException(
                $"The label {label} has the values {string.Join(", ", found.Select(value => value is null or "" ? "nothing" : $"\"{value}\""))}; expected yes and no (or true and false, 1 and 0) in every row.");
    }
}

/// <summary>What the columns of a flat table are.</summary>
/// <param name="Label">Says who left: yes or no.</param>
/// <param name="Date">Says as of when a row is; null where nothing does.</param>
public sealed record FlatColumns(string Label, string? Date = null);

/// <summary>The rows of a flat table.</summary>
/// <param name="Examples">What is known of them, and who left.</param>
/// <param name="Dates">As of when each is; null where nothing says.</param>
/// <param name="Dropped">The columns that are left out.</param>
internal sealed record FlatRows(Examples Examples, DateOnly[]? Dates, IReadOnlyList<DroppedFeature> Dropped);
