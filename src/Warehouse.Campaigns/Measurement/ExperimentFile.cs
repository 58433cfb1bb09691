using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Campaigns.Measurement;

/// <summary>An experiment in a flat file: CSV (compressed with gzip or zstd, or not) or Parquet, one row per customer.</summary>
public static class ExperimentFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arm">The column that holds the arm.</param>
    /// <param name="control">The arm that the others are compared with.</param>
    /// <param name="outcomes">The columns of what happened: numbers, or true and false.</param>
    /// <param name="covariates">The columns of what was known before: numbers.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="WrongCommandException">The file has no such column or arm.</exception>
    /// <exception cref="UserFaultException">The file is not there, cannot be read, or lacks a value.</exception>
    public static async Task<Experiment> ReadAsync(
        string path,
        string arm,
        string control,
        IReadOnlyList<string> outcomes,
        IReadOnlyList<string> covariates,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UserFaultException($"There is no file {path}.");
        }

        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync(cancellationToken);
        await OpenAsync(connection, path, cancellationToken);
        var columns = await connection.RowsAsync("DESCRIBE experiment", row => row.GetString(0), cancellationToken);
        foreach (var name in outcomes.Concat(covariates).Prepend(arm).Where(name => !columns.Contains(name)))
        {
            throw new WrongCommandException($"{Path.GetFileName(path)} has no column \"{name}\". {NearNames.Hint(name, columns, "columns")}");
        }

        using var names = DbProviderFactories.GetFactory(connection)!.CreateCommandBuilder()!;
        return new Experiment(
            control,
            await TextsAsync(connection, names.QuoteIdentifier(arm), arm, path, cancellationToken),
            await NumbersAsync(outcomes),
            await NumbersAsync(covariates));

        async Task<IReadOnlyList<ExperimentColumn>> NumbersAsync(IReadOnlyList<string> wanted)
        {
            var read = new List<ExperimentColumn>();
            foreach (var name in wanted)
            {
                read.Add(new ExperimentColumn(
                    name, await ValuesAsync(connection, names.QuoteIdentifier(name), name, path, cancellationToken)));
            }

            return read;
        }
    }

    private static async Task OpenAsync(DuckDBConnection connection, string path, CancellationToken cancellationToken)
    {
        try
        {
            await connection.ExecuteAsync(
                await IsParquetAsync(path, cancellationToken)
                    ? "CREATE TABLE experiment AS FROM read_parquet($path)"
                    : "CREATE TABLE experiment AS FROM read_csv($path, header = true, all_varchar = true)",
                cancellationToken,
                ("path", path));
        }
        catch (DuckDBException refused)
        {
            throw new UserFaultException($"{path} cannot be read as CSV or Parquet: {refused.Message}", refused);
        }
    }

    private static async Task<bool> IsParquetAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[4];
        return await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) == head.Length
            && head.AsSpan().SequenceEqual("PAR1"u8);
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(
        DbConnection connection, string quoted, string name, string path, CancellationToken cancellationToken)
    {
        await RequireNoneNullAsync(
            connection, quoted, name, path, "Every customer was assigned to an arm, also one whom nothing reached.", cancellationToken);
        return await connection.RowsAsync($"SELECT CAST({quoted} AS VARCHAR) FROM experiment", row => row.GetString(0), cancellationToken);
    }

    private static async Task<double[]> ValuesAsync(
        DbConnection connection, string quoted, string name, string path, CancellationToken cancellationToken)
    {
        await RequireNoneNullAsync(
            connection, quoted, name, path, "Every customer who was assigned counts: write 0 where nothing happened.", cancellationToken);
        var number = $"coalesce(TRY_CAST({quoted} AS DOUBLE), CAST(TRY_CAST({quoted} AS BOOLEAN) AS DOUBLE))";
        var wrong = await connection.RowsAsync(
            $"SELECT CAST({quoted} AS VARCHAR) FROM experiment WHERE {number} IS NULL OR NOT isfinite({number}) LIMIT 1",
            row => row.GetString(0),
            cancellationToken);
        return wrong is [var found]
            ? throw new UserFaultException($"{Path.GetFileName(path)}: \"{name}\" holds \"{found}\", which is no number.")
            : [.. await connection.RowsAsync($"SELECT {number} FROM experiment", row => row.GetDouble(0), cancellationToken)];
    }

    private static async Task RequireNoneNullAsync(
        DbConnection connection, string quoted, string name, string path, string advice, CancellationToken cancellationToken)
    {
        var count = await connection.ScalarAsync<long>($"SELECT count(*) FROM experiment WHERE {quoted} IS NULL", cancellationToken);
        if (count > 0)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"{Path.GetFileName(path)}: {count:#,##0} rows have no \"{name}\". {advice}"));
        }
    }
}
