using System.Data.Common;
using System.Globalization;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Models.Lifetime.Summaries;

/// <summary>A CSV or Parquet file with a row per customer, or per kind of customer, to which a lifetime model is fitted. It needs no workspace.</summary>
public sealed class SummaryFile
{
    private static readonly byte[] ParquetMagic = "PAR1"u8.ToArray();

    private readonly string _path;
    private readonly LifetimeSummary _summary;

    private SummaryFile(string path, LifetimeSummary summary, IReadOnlyList<string> unused) => (_path, _summary, Unused) = (path, summary, unused);

    /// <summary>The headers of the columns that the model does not read.</summary>
    public IReadOnlyList<string> Unused { get; }

    /// <summary>Reads the columns that a model needs.</summary>
    /// <param name="path">The file; Parquet by its content, else CSV with a header, its delimiter found out.</param>
    /// <param name="kind">The model.</param>
    /// <param name="columns">Which columns hold what.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UserFaultException">The file cannot be read, lacks a column, or holds something that is no number.</exception>
    public static async Task<SummaryFile> ReadAsync(
        string path, LifetimeModelKind kind, SummaryColumns columns, CancellationToken cancellationToken)
    {
        if (kind == LifetimeModelKind.ShiftedBetaGeometric)
        {
            throw new WrongCommandException(
                $"{kind.Name()} is fitted to contracts, not to a summary of purchases. The models are bg-nbd, mbg-nbd, pareto-nbd, bg-bb and gamma-gamma.");
        }

        var table = TableOf(path);
        try
        {
            await using var connection = new DuckDBConnection("Data Source=:memory:");
            await connection.OpenAsync(cancellationToken);
            var header = await connection.RowsAsync(
                $"SELECT column_name FROM (DESCRIBE SELECT * FROM {table})", row => row.GetString(0), cancellationToken, ("path", path));
            var found = columns.Find(kind, header, path);
            return new SummaryFile(path, await ReadAsync(connection, table, path, found, cancellationToken), [.. header.Except(found.Values)]);
        }
        catch (DuckDBException refused) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UserFaultException(
                $"{path} cannot be read as a table: {refused.Message.Split('\n')[0]} Expected CSV with a header, or Parquet.", refused);
        }
    }

    /// <summary>
    /// Fits the model. Rows without a repeat purchase tell Gamma-Gamma nothing, and those whose time has not begun (x, t_x and T
    /// are 0) tell no model anything, for their likelihood is 1 whatever the parameters: they are left out.
    /// </summary>
    /// <exception cref="UserFaultException">A row cannot be; the message names it.</exception>
    public (LifetimeFit Fit, long LeftOut) Fit(LifetimeModelKind kind, ParallelOptions? parallel = null)
    {
        int[] kept = [.. Enumerable.Range(0, _summary.Frequency.Length).Where(row =>
            _summary.Frequency[row] != 0 || (kind != LifetimeModelKind.GammaGamma && (_summary.Recency![row] != 0 || _summary.Age![row] != 0)))];
        var customers = _summary.Customers;
        var all = customers?.Sum() ?? _summary.Frequency.Length;
        try
        {
            var summary = kept.Length == _summary.Frequency.Length ? _summary : new LifetimeSummary
            {
                Frequency = [.. kept.Select(row => _summary.Frequency[row])],
                Recency = Kept(_summary.Recency),
                Age = Kept(_summary.Age),
                MeanSpend = Kept(_summary.MeanSpend),
                Customers = Kept(customers),
            };
            var fit = summary.Fit(kind, parallel);
            return (fit, all - fit.Customers);
        }
        catch (LifetimeDataException fault) when (fault.Row is { } row)
        {
            throw new UserFaultException($"{_path}: {new LifetimeDataException(kept[row - 1] + 1, fault.Found, fault.Expected).Message}", fault);
        }

        T[]? Kept<T>(T[]? values) => values is null ? null : [.. kept.Select(row => values[row])];
    }

    private static string TableOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var start = new byte[ParquetMagic.Length];
            var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            return length == 0
                ? throw new UserFaultException($"{path} is empty: expected a table with a header.")
                : start.AsSpan().SequenceEqual(ParquetMagic) ? "read_parquet($path)" : "read_csv($path, header = true, all_varchar = true)";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{path} cannot be read: {fault.Message}", fault);
        }
    }

    private static async Task<LifetimeSummary> ReadAsync(
        DuckDBConnection connection,
        string table,
        string path,
        IReadOnlyDictionary<SummaryRole, string> columns,
        CancellationToken cancellationToken)
    {
        var quoting = new DuckDBCommandBuilder();
        var texts = columns.Values.Select(column => $"CAST({quoting.QuoteIdentifier(column)} AS VARCHAR)");
        var values = columns.ToDictionary(column => column.Key, _ => new List<double>());
        await using var command = connection.Command($"SELECT {string.Join(", ", texts)} FROM {table}", ("path", path));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        for (var row = 1L; await reader.ReadAsync(cancellationToken); row++)
        {
            var place = 0;
            foreach (var (role, column) in columns)
            {
                values[role].Add(Number(reader, place++) ?? Missing(role, column, row));
            }

            double Missing(SummaryRole role, string column, long number) =>
                role == SummaryRole.MeanSpend && values[SummaryRole.Frequency][^1] == 0
                    ? 0
                    : throw new UserFaultException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{path}: Row {number}: found {Found(reader.TextOrNull(place - 1))} in column \"{column}\"; expected a number such as 30.43."));
        }

        return new LifetimeSummary
        {
            Frequency = [.. values[SummaryRole.Frequency]],
            Recency = values.GetValueOrDefault(SummaryRole.Recency)?.ToArray(),
            Age = values.GetValueOrDefault(SummaryRole.Age)?.ToArray(),
            MeanSpend = values.GetValueOrDefault(SummaryRole.MeanSpend)?.ToArray(),
            Customers = values.GetValueOrDefault(SummaryRole.Customers)?.Select((count, row) => Count(count, row + 1)).ToArray(),
        };

        long Count(double count, int row) => count >= 0 && count == Math.Floor(count) && count < 1e15
            ? (long)count
            : throw new UserFaultException(string.Create(
                CultureInfo.InvariantCulture, $"{path}: Row {row}: found {count} customers; expected a whole number from 0."));
    }

    private static double? Number(DbDataReader reader, int place) =>
        !reader.IsDBNull(place) && double.TryParse(reader.GetString(place), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Found(string? text) => string.IsNullOrWhiteSpace(text) ? "nothing" : $"\"{text}\"";
}
