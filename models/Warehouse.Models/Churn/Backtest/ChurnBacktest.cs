using System.Data.Common;
using System.Text.Json;
using Warehouse.DuckDb;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Backtest;

/// <summary>Holds past scorings against what happened since, and raises alerts where they were worse than their model's test.</summary>
internal sealed class ChurnBacktest(DbConnection connection, ChurnDefinition definition, TimeProvider time)
{
    /// <summary>An AUC so much below that of the test is a reason to train again.</summary>
    private const double MostLossOfAuc = 0.03;

    /// <summary>Probabilities so far from what happened are a reason to train again.</summary>
    private const double MostCalibrationError = 0.05;

    public async Task<BacktestResult> RunAsync(CancellationToken cancellationToken)
    {
        var generation = await Generation.CurrentAsync(connection, cancellationToken);
        var scorings = await connection.RowsAsync(
            Sql("passed_scorings"),
            row => (AsOf: row.GetFieldValue<DateOnly>(0), Version: row.GetInt32(1), Metrics: row.GetString(2)),
            cancellationToken,
            ("model", definition.Name));
        var checks = new List<BacktestCheck>();
        foreach (var scoring in scorings)
        {
            if (await CheckAsync(scoring.AsOf, scoring.Version, scoring.Metrics, cancellationToken) is { } check)
            {
                checks.Add(check);
            }
        }

        var worse = checks.Select(Complaint).LastOrDefault(reason => reason is not null);
        foreach (var check in checks)
        {
            if (Complaint(check) is { } reason)
            {
                await Alerts.RaiseAsync(
                    connection,
                    time,
                    new Alert("churn backtest", definition.Name, check.AsOf, check.Now.Auc.Value, check.AucThen - MostLossOfAuc, reason),
                    cancellationToken);
            }
        }

        List<string> notes = checks.Count == 0
            ? ["There is no scoring yet whose horizon has passed. 'warehouse churn score --as-of DATE' makes one of a past date."]
            : [];
        return new BacktestResult(generation.Number, definition.Hash, definition.Name, checks, worse, notes);
    }

    private static string? Complaint(BacktestCheck check) =>
        check.Now.Auc.High < check.AucThen - MostLossOfAuc || check.AucThen - check.Now.Auc.Value > MostLossOfAuc
            ? FormattableString.Invariant(
                $"Scores of {check.AsOf:yyyy-MM-dd} (version {check.Version}) ranked worse than in the test: AUC {check.Now.Auc.Value:0.000}, then {check.AucThen:0.000}.")
        : check.Now.CalibrationError > Math.Max(MostCalibrationError, check.CalibrationErrorThen * 1.5)
            ? FormattableString.Invariant(
                $"Probabilities of {check.AsOf:yyyy-MM-dd} (version {check.Version}) were off by {check.Now.CalibrationError:0.000} on average, then {check.CalibrationErrorThen:0.000}.")
        : null;

    private async Task<BacktestCheck?> CheckAsync(DateOnly asOf, int version, string metrics, CancellationToken cancellationToken)
    {
        var probabilities = new List<double>();
        var churned = new List<bool>();
        await using (var query = (DuckDBCommand)connection.Command(
            Sql("happened"), ("as_of", asOf), ("model", definition.Name), ("version", version)))
        {
            using var reader = query.ExecuteChunkReader(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                probabilities.AddRange(reader.Current[0].AsSpan<double>());
                churned.AddRange(reader.Current[1].AsSpan<bool>());
            }
        }

        if (!churned.Contains(true) || !churned.Contains(false))
        {
            return null;
        }

        using var then = JsonDocument.Parse(metrics);
        var test = then.RootElement.GetProperty("test");
        return new BacktestCheck(
            asOf,
            version,
            test.GetProperty("auc").GetProperty("value").GetDouble(),
            test.GetProperty("calibrationError").GetDouble(),
            test.GetProperty("deciles")[0].GetProperty("lift").GetDouble(),
            ChurnMetrics.Of([.. probabilities], [.. churned], definition.Economics, definition.Seed));
    }

    private static string Sql(string name) => SqlFile.Read(typeof(ChurnBacktest), $"Churn/Backtest/{name}.sql");
}
