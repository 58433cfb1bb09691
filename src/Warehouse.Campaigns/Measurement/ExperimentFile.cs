using System.Globalization;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store;
using static System.FormattableString;

namespace Warehouse.Campaigns.Measurement;

/// <summary>An experiment in a flat file: CSV (compressed with gzip or zstd, or not) or Parquet, one row per customer.</summary>
/// <param name="Experiment">What was read.</param>
/// <param name="Notes">What stands in for values that the file has not, as sentences.</param>
public sealed record ExperimentFile(Experiment Experiment, IReadOnlyList<string> Notes)
{
    /// <summary>Beyond it fourth powers, of which the tests are made, leave the range of numbers.</summary>
    private const double Largest = 1e60;

    private static readonly DuckDBCommandBuilder Quoted = new();

    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="arm">The column that holds the arm.</param>
    /// <param name="control">The arm that the others are compared with; where no arm is spelt so, the one that differs in case or form of the number alone.</param>
    /// <param name="outcomes">The columns of what happened: numbers, or true and false.</param>
    /// <param name="covariates">The columns of what was known before: numbers. Where one is not known the mean stands in.</param>
    /// <param name="missing">What becomes of customers without an outcome.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="WrongCommandException">The file has no such column or arm.</exception>
    /// <exception cref="UserFaultException">The file is not there, cannot be read, or lacks a value.</exception>
    public static async Task<ExperimentFile> ReadAsync(
        string path,
        string arm,
        string control,
        IReadOnlyList<string> outcomes,
        IReadOnlyList<string> covariates,
        MissingOutcome missing,
        CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw new UserFaultException($"There is no file {path}.");
        }

        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync(cancellationToken);
        var hasDecimalComma = await OpenAsync(connection, path, cancellationToken);
        var columns = await connection.RowsAsync("DESCRIBE experiment", row => row.GetString(0), cancellationToken);
        foreach (var name in outcomes.Concat(covariates).Prepend(arm).Where(name => !columns.Contains(name)))
        {
            throw new WrongCommandException($"{Path.GetFileName(path)} has no column \"{name}\". {NearNames.Hint(name, columns, "columns")}");
        }

        var reader = new Reader(connection, Path.GetFileName(path), hasDecimalComma);
        var notes = new List<string>();
        if (missing == MissingOutcome.LeaveOut && await reader.LeaveOutAsync(outcomes, cancellationToken) is { } left)
        {
            notes.Add(left);
        }

        var arms = await reader.ArmsAsync(arm, cancellationToken);
        var happened = new List<ExperimentColumn>();
        foreach (var name in outcomes)
        {
            happened.Add(new ExperimentColumn(name, await reader.OutcomeAsync(name, missing, notes, cancellationToken)));
        }

        var known = new List<ExperimentColumn>();
        foreach (var name in covariates)
        {
            known.Add(new ExperimentColumn(name, await reader.CovariateAsync(name, notes, cancellationToken)));
        }

        return new ExperimentFile(new Experiment(ArmLike(control, arms), arms, happened, known), notes);
    }

    /// <summary>Reads the file into a table; says whether numbers may have a decimal comma, which they may where commas do not part the columns.</summary>
    private static async Task<bool> OpenAsync(DuckDBConnection connection, string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length == 0)
        {
            throw new UserFaultException($"{path} is empty.");
        }

        try
        {
            if (await IsParquetAsync(path, cancellationToken))
            {
                await connection.ExecuteAsync("CREATE TABLE experiment AS FROM read_parquet($path)", cancellationToken, ("path", path));
                return false;
            }

            try
            {
                return await OpenTextAsync(connection, path, "utf-8", cancellationToken);
            }
            catch (DuckDBException)
            {
                return await OpenTextAsync(connection, path, "latin-1", cancellationToken);
            }
        }
        catch (DuckDBException refused)
        {
            throw new UserFaultException($"{path} cannot be read as CSV or Parquet: {refused.Message.Split('\n')[0]}", refused);
        }
    }

    private static async Task<bool> OpenTextAsync(DuckDBConnection connection, string path, string encoding, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "CREATE TABLE experiment AS FROM read_csv($path, header = true, all_varchar = true, encoding = $encoding)", cancellationToken, ("path", path), ("encoding", encoding));
        return await connection.ScalarAsync<string>(
            "SELECT Delimiter FROM sniff_csv($path, header = true, all_varchar = true, encoding = $encoding)", cancellationToken, ("path", path), ("encoding", encoding)) != ",";
    }

    private static async Task<bool> IsParquetAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[4];
        return await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken) == head.Length
            && head.AsSpan().SequenceEqual("PAR1"u8);
    }

    private static string ArmLike(string control, IReadOnlyList<string> arms)
    {
        var names = arms.Distinct(StringComparer.Ordinal).ToArray();
        return names.Contains(control) ? control : Array.FindAll(names, IsLike) is [var only] ? only : control;

        bool IsLike(string name) => string.Equals(name, control.Trim(), StringComparison.OrdinalIgnoreCase)
            || (double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.TryParse(control, NumberStyles.Float, CultureInfo.InvariantCulture, out var asked) && number == asked);
    }

    private sealed record Reader(DuckDBConnection Connection, string File, bool HasDecimalComma)
    {
        /// <summary>The arm of each customer.</summary>
        public async Task<List<string>> ArmsAsync(string name, CancellationToken cancellationToken)
        {
            var column = Text(name);
            return await CountAsync($"{column} = ''", cancellationToken) is > 0 and var count
                ? throw new UserFaultException(Invariant($"{File}: {count:#,##0} rows have no \"{name}\". Every customer was assigned to an arm, also one whom nothing reached."))
                : await Connection.RowsAsync($"SELECT {column} FROM experiment", row => row.GetString(0), cancellationToken);
        }

        /// <summary>Takes out the customers without one of the outcomes; says how many where there were any.</summary>
        public async Task<string?> LeaveOutAsync(IReadOnlyList<string> outcomes, CancellationToken cancellationToken)
        {
            var left = await Connection.ExecuteAsync($"DELETE FROM experiment WHERE {string.Join(" OR ", outcomes.Select(IsMissing))}", cancellationToken);
            return left == 0 ? null : Invariant($"{left:#,##0} customers without an outcome are left out; that is sound only where neither the arm nor what they did has to do with it.");
        }

        public async Task<double[]> OutcomeAsync(string name, MissingOutcome missing, List<string> notes, CancellationToken cancellationToken)
        {
            if (await CountAsync(IsMissing(name), cancellationToken) is > 0 and var count)
            {
                if (missing != MissingOutcome.Zero)
                {
                    throw new UserFaultException(Invariant(
                        $"{File}: {count:#,##0} rows have no \"{name}\". Every customer who was assigned counts: write 0 where nothing happened, or say '--missing zero'; where it is not known what happened, '--missing leave-out'."));
                }

                notes.Add(Invariant($"{count:#,##0} customers without \"{name}\" count as 0."));
            }

            return [.. (await NumbersAsync(name, cancellationToken)).Select(value => value ?? 0)];
        }

        public async Task<double[]> CovariateAsync(string name, List<string> notes, CancellationToken cancellationToken)
        {
            if (await CountAsync(IsMissing(name), cancellationToken) is > 0 and var count)
            {
                notes.Add(Invariant($"{count:#,##0} customers without \"{name}\" count as average in it."));
            }

            var values = await NumbersAsync(name, cancellationToken);
            var mean = Moments.Of([.. values.OfType<double>()]).Mean;
            return [.. values.Select(value => value ?? mean)];
        }

        private async Task<List<double?>> NumbersAsync(string name, CancellationToken cancellationToken)
        {
            var wrong = await Connection.RowsAsync(
                Invariant($"SELECT {Text(name)}, {Number(name)} IS NULL FROM experiment WHERE NOT {IsMissing(name)} AND NOT coalesce(abs({Number(name)}) <= {Largest}, false) LIMIT 1"),
                row => (Found: row.GetString(0), IsText: row.GetBoolean(1)),
                cancellationToken);
            return wrong is [var (found, isText)]
                ? throw new UserFaultException($"{File}: \"{name}\" holds \"{found}\", which is {(isText ? "no number" : "too large to be measured")}.")
                : await Connection.RowsAsync($"SELECT {Number(name)} FROM experiment", row => row.ValueOrNull<double>(0), cancellationToken);
        }

        private Task<long> CountAsync(string condition, CancellationToken cancellationToken) =>
            Connection.ScalarAsync<long>($"SELECT count(*) FROM experiment WHERE {condition}", cancellationToken);

        private static string Text(string name) => $"trim(coalesce(CAST({Quoted.QuoteIdentifier(name)} AS VARCHAR), ''))";

        /// <summary>Whether there is no value: nothing, or what programs write for it.</summary>
        private static string IsMissing(string name) => $"(lower({Text(name)}) IN ('', 'na', 'n/a', '#n/a', 'nan', 'null', 'none'))";

        private string Number(string name)
        {
            var text = Text(name);
            var comma = HasDecimalComma
                ? $"WHEN regexp_full_match({text}, '[+-]?[0-9]*,[0-9]+') THEN TRY_CAST(replace({text}, ',', '.') AS DOUBLE)"
                : $"WHEN regexp_full_match({text}, '[+-]?[0-9]{{1,3}}(,[0-9]{{3}})+[.][0-9]+') THEN TRY_CAST(replace({text}, ',', '') AS DOUBLE)";
            return $"CASE WHEN {IsMissing(name)} THEN NULL WHEN lower({text}) IN ('true', 't', 'yes', 'y') THEN 1.0::DOUBLE WHEN lower({text}) IN ('false', 'f', 'no', 'n') THEN 0.0::DOUBLE {comma} ELSE TRY_CAST({text} AS DOUBLE) END";
        }
    }
}

/// <summary>What becomes of customers of whom a file does not say what happened.</summary>
public enum MissingOutcome
{
    /// <summary>The file is refused.</summary>
    Refuse,

    /// <summary>Nothing happened.</summary>
    Zero,

    /// <summary>The customer does not count.</summary>
    LeaveOut,
}
