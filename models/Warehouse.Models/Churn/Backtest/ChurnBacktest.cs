using System.Data.Common;
using System.Text.Json;
using Warehouse.DuckDb;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Registry;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Backtest;

/// <summary>Holds past scorings against what happened since.</summary>
internal sealed class ChurnBacktest(DbConnection connection, ChurnDefinition definition, TimeProvider time)
{
    /// <summary>Looks, and raises alerts where scores were worse than their model's test.</summary>
    public async Task<BacktestResult> RunAsync(CancellationToken cancellationToken)
    {
        var result = await LookAsync(cancellationToken);
        foreach (var check in result.Checks)
        {
            if (Complaint(check) is { } reason)
            {
                await Alerts.RaiseAsync(
                    connection,
                    time,
                    new Alert("churn backtest", definition.Name, check.AsOf, check.Now.Auc.Value, check.AucThen - definition.Watch.MostAucLoss, reason),
                    cancellationToken);
            }
        }

        return result;
    }

    /// <summary>Looks, and changes nothing.</summary>
    public async Task<BacktestResult> LookAsync(CancellationToken cancellationToken)
    {
        var generation = await Generation.CurrentAsync(connection, cancellationToken);
        var scorings = await connection.RowsAsync(
            Sql("passed_scorings"),
            row => new PassedScoring(row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3)),
            cancellationToken,
            ("model", definition.Name));
        var checks = new List<BacktestCheck>();
        foreach (var scoring in scorings)
        {
            if (await CheckAsync(scoring, cancellationToken) is { } check)
            {
                checks.Add(check);
            }
        }

        var current = await new ModelRegistry(connection, time).CurrentAsync(definition.Name, cancellationToken);
        var worse = checks.LastOrDefault(check => check.Version == current) is { } last ? Complaint(last) : null;
        List<string> notes = checks.Count == 0
            ? ["There is no scoring yet whose horizon has passed. 'warehouse churn score --as-of DATE' makes one of a past date."]
            : [.. Compared(checks)];
        return new BacktestResult(generation.Number, definition.Hash, definition.Name, checks, worse, notes);
    }

    /// <summary>Which of several versions that scored the same date proved better, by log-loss.</summary>
    private static IEnumerable<string> Compared(List<BacktestCheck> checks) => checks
        .GroupBy(check => check.AsOf)
        .Select(date => date.GroupBy(check => check.Version).Select(version => version.Last()).OrderBy(check => check.Now.LogLoss.Value).ToList())
        .Where(versions => versions.Count > 1)
        .Select(versions => FormattableString.Invariant(
            $"Of the versions that scored {versions[0].AsOf:yyyy-MM-dd}, {versions[0].Version} proved best: log-loss {string.Join(", ", versions.Select(Loss))}."));

    private static string Loss(BacktestCheck check) =>
        FormattableString.Invariant($"{check.Now.LogLoss.Value:0.0000} (version {check.Version}, AUC {check.Now.Auc.Value:0.000})");

    private string? Complaint(BacktestCheck check) =>
        check.AucThen - check.Now.Auc.Value > definition.Watch.MostAucLoss
            ? FormattableString.Invariant(
                $"Scores of {check.AsOf:yyyy-MM-dd} (version {check.Version}) ranked worse than in the test: AUC {check.Now.Auc.Value:0.000}, then {check.AucThen:0.000}.")
        : check.Now.CalibrationError - check.CalibrationErrorThen > definition.Watch.MostCalibrationLoss
            ? FormattableString.Invariant(
                $"Probabilities of {check.AsOf:yyyy-MM-dd} (version {check.Version}) were off by {check.Now.CalibrationError:0.000} on average, then {check.CalibrationErrorThen:0.000}.")
        : null;

    private async Task<BacktestCheck?> CheckAsync(PassedScoring scoring, CancellationToken cancellationToken)
    {
        var probabilities = new List<double>();
        var churned = new List<bool>();
        await using (var query = (DuckDBCommand)connection.Command(
            Sql("happened"),
            ("as_of", scoring.AsOf),
            ("model", definition.Name),
            ("version", scoring.Version),
            ("generation", scoring.Generation)))
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

        using var then = JsonDocument.Parse(scoring.Metrics);
        var test = then.RootElement.GetProperty("test");
        return new BacktestCheck(
            scoring.AsOf,
            scoring.Version,
            scoring.Generation,
            test.GetProperty("auc").GetProperty("value").GetDouble(),
            test.GetProperty("calibrationError").GetDouble(),
            test.GetProperty("deciles")[0].GetProperty("lift").GetDouble(),
            ChurnMetrics.Of([.. probabilities], [.. churned], definition.Economics, definition.Seed));
    }

    private sealed record PassedScoring(DateOnly AsOf, int Version, int Generation, string Metrics);

    private static string Sql(string name) => SqlFile.Read(typeof(ChurnBacktest), $"Churn/Backtest/{name}.sql");
}
