using System.Data.Common;
using System.Globalization;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Models.Churn.Learners;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Any table with a label as examples: numbers (also those written as texts) as numbers, other texts as categories, columns
/// that tell rows apart (keys) left out.
/// </summary>
internal static class FlatTable
{
    /// <summary>A text whose values are numbers so often is one; what is not becomes missing.</summary>
    private const double NumericShare = 0.95;

    /// <summary>A text with so many different values for each row is a key.</summary>
    private const double KeyShare = 0.5;
    private const int FewestForKey = 50;

    private static readonly string[] Yes = ["yes", "y", "true", "t", "1", "churned", "left"];
    private static readonly string[] No = ["no", "n", "false", "f", "0", "stayed", "active"];

    /// <summary>Reads a table of the database.</summary>
    /// <param name="connection">The database.</param>
    /// <param name="table">The table, with its schema where it has one.</param>
    /// <param name="label">The column that says who left.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="WrongCommandException">There is no such table or column.</exception>
    /// <exception cref="UserFaultException">The label has not two values that say yes and no.</exception>
    public static async Task<(Examples Examples, IReadOnlyList<DroppedFeature> Dropped)> OfTableAsync(
        DbConnection connection, string table, string label, CancellationToken cancellationToken)
    {
        var tables = await connection.RowsAsync(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables ORDER BY ALL", row => row.GetString(0), cancellationToken);
        var name = tables.Find(known => known == table || known == $"main.{table}")
            ?? throw new WrongCommandException($"There is no table \"{table}\". {NearNames.Hint(table, tables, "tables")}");
        var quote = new DuckDBCommandBuilder();
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return await ReadAsync(
            connection, $"{quote.QuoteIdentifier(name[..dot])}.{quote.QuoteIdentifier(name[(dot + 1)..])}", label, [], cancellationToken);
    }

    /// <summary>Reads a CSV or Parquet file.</summary>
    /// <exception cref="UserFaultException">The file cannot be read.</exception>
    public static async Task<(Examples Examples, IReadOnlyList<DroppedFeature> Dropped)> OfFileAsync(
        DbConnection connection, string file, string label, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw new UserFaultException($"There is no file {file}.");
        }

        var source = file.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? "read_parquet($file)" : "read_csv($file, all_varchar = true)";
        try
        {
            return await ReadAsync(connection, source, label, [("file", file)], cancellationToken);
        }
        catch (DuckDBException fault)
        {
            throw new UserFaultException($"{file} cannot be read: {fault.Message}", fault);
        }
    }

    private static async Task<(Examples, IReadOnlyList<DroppedFeature>)> ReadAsync(
        DbConnection connection, string source, string label, (string, object?)[] values, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"CREATE OR REPLACE TEMP TABLE churn_flat AS SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS \"#\", * FROM {source}",
            cancellationToken,
            values);
        var columns = await connection.RowsAsync(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'churn_flat' AND column_index > 1 ORDER BY column_index",
            row => (Name: row.GetString(0), Type: row.GetString(1)),
            cancellationToken);
        if (columns.All(column => column.Name != label))
        {
            throw new WrongCommandException($"There is no column \"{label}\". {NearNames.Hint(label, columns.Select(column => column.Name), "columns")}");
        }

        var churned = await LabelsAsync(connection, label, cancellationToken);
        var builder = new FeatureTableBuilder(churned.Length);
        var dropped = new List<DroppedFeature>();
        foreach (var (name, type) in columns.Where(column => column.Name != label))
        {
            var (expression, reason) = await FormAsync(connection, name, type, churned.Length, cancellationToken);
            if (expression is null)
            {
                dropped.Add(new DroppedFeature(name, reason));
                continue;
            }

            var quoted = new DuckDBCommandBuilder().QuoteIdentifier(name);
            await using var query = (DuckDBCommand)connection.Command($"SELECT \"#\", {expression} AS {quoted} FROM temp.churn_flat");
            await builder.AddAsync(query, cancellationToken);
        }

        return (new Examples(builder.Build(cancellationToken), churned, [.. Enumerable.Range(0, churned.Length)]), dropped);
    }

    /// <summary>How a column becomes a feature, or why it is left out.</summary>
    private static async Task<(string? Expression, string Reason)> FormAsync(
        DbConnection connection, string name, string type, int rows, CancellationToken cancellationToken)
    {
        var column = new DuckDBCommandBuilder().QuoteIdentifier(name);
        if (type is "DATE" or "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE")
        {
            return ($"epoch({column}) / 86400.0", "");
        }

        var text = $"nullif(trim(CAST({column} AS VARCHAR)), '')";
        var (present, numbers, distinct, wholes) = (await connection.RowsAsync(
            $"""
            SELECT count({text}), count(try_cast({text} AS DOUBLE)), count(DISTINCT {text}), count(try_cast({text} AS BIGINT))
            FROM temp.churn_flat
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken))[0];
        if (type == "BOOLEAN")
        {
            return ($"CAST({column} AS DOUBLE)", "");
        }

        var isNumber = present > 0 && numbers >= NumericShare * present;
        var isKey = rows >= FewestForKey && (isNumber ? distinct == rows && wholes >= numbers : distinct > KeyShare * present);
        return isKey
            ? (null, string.Create(CultureInfo.InvariantCulture, $"it tells rows apart ({distinct} different values): a key"))
            : (isNumber || present == 0 ? $"try_cast({text} AS DOUBLE)" : text, "");
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
