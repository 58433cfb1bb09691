using System.Globalization;
using System.Text.Json;
using Warehouse.DuckDb;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Churn of the sample retailer against what only its generator knows.</summary>
public sealed class ChurnOfTheSampleTests : IDisposable
{
    private const string AsOf = "2026-04-01";

    private readonly FreshFolder _folder = new();

    [Fact]
    public async Task Train_ComesNearTheBestPossible_IsCalibrated_AndFindsThePlantedEffectOfComplaints()
    {
        Samples.Copy("retail", _folder.Path);
        (await CommandLine.RunAsync("load", "-w", _folder.Path)).Done();

        var trained = JsonDocument.Parse((await CommandLine.RunAsync(
            "churn", "train", "--as-of", AsOf, "-w", _folder.Path, "--format", "json")).Done().Output).RootElement.GetProperty("test");
        (await CommandLine.RunAsync("churn", "score", "--as-of", AsOf, "-w", _folder.Path)).Done();

        var auc = trained.GetProperty("auc").GetProperty("value").GetDouble();
        Assert.InRange(auc, await BestAucAsync() - 0.02, 1);
        Assert.InRange(trained.GetProperty("calibrationError").GetDouble(), 0, 0.02);
        var (complained, named) = await ComplaintsAsync();
        Assert.True(complained >= 20, $"{complained} customers with an unresolved complaint since the last purchase");
        Assert.True(named >= 0.8 * complained, $"complaints are among the reasons of {named} of {complained}");

        var models = (await CommandLine.RunAsync("churn", "models", "-w", _folder.Path, "--export", Path.Combine(_folder.Path, "exports"), "--format", "json")).Done();
        Assert.Equal("promoted", models.Rows[0][8].GetString());
        Assert.Contains("out of time", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "exports", "churn-1.html")), StringComparison.Ordinal);
        var backtest = (await CommandLine.RunAsync("churn", "backtest", "-w", _folder.Path, "--format", "json")).Done();
        Assert.Equal(AsOf, JsonDocument.Parse(backtest.Output).RootElement.GetProperty("checks")[0].GetProperty("asOf").GetString());
        var suggested = (await CommandLine.RunAsync("churn", "suggest", "-w", _folder.Path, "--format", "json")).Done();
        Assert.InRange(JsonDocument.Parse(suggested.Output).RootElement.GetProperty("suggested").GetInt32(), 30, 365);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The AUC of the best probabilities that could be said, by the generator's law.</summary>
    private static async Task<double> BestAucAsync() => (await AskAsync(
        "Data Source=:memory:",
        $"""
        WITH ranked AS (
            SELECT NOT has_bought AS churned, rank() OVER (ORDER BY best) + (count(*) OVER (PARTITION BY best) - 1) / 2 AS place
            FROM '{Repository.PathOf("sample-data", "retail", "truth", "churn.parquet")}' WHERE as_of = '{AsOf}'
        )
        SELECT (sum(place) FILTER (churned) - count(*) FILTER (churned) * (count(*) FILTER (churned) + 1) / 2)
               / (count(*) FILTER (churned) * count(*) FILTER (NOT churned))
        FROM ranked
        """))[0];

    /// <summary>Customers with a complaint since the last purchase that was open for the ten days of patience, and of how many it is among the reasons.</summary>
    private async Task<(double Complained, double Named)> ComplaintsAsync()
    {
        var counts = await AskAsync(
            $"Data Source={Path.Combine(_folder.Path, "warehouse.duckdb")}",
            $"""
            WITH last_purchase AS (
                SELECT customer_key, max(date_key) AS last FROM star.fact_sale WHERE NOT is_return AND date_key < '{AsOf}' GROUP BY ALL
            ),
            complained AS (
                SELECT DISTINCT customer_key FROM star.fact_contact JOIN last_purchase USING (customer_key)
                WHERE is_complaint AND date_key >= last AND date_key BETWEEN DATE '{AsOf}' - 60 AND DATE '{AsOf}' - 11
                  AND (resolved_at IS NULL OR resolved_at > opened_at + INTERVAL 10 DAY)
            )
            SELECT CAST(count(*) AS DOUBLE), CAST(count(*) FILTER (churn_reasons LIKE '%"topic":"complaints"%') AS DOUBLE)
            FROM complained JOIN mart.customer_snapshot USING (customer_key) WHERE as_of = '{AsOf}'
            """);
        return (counts[0], counts[1]);
    }

    private static async Task<double[]> AskAsync(string database, string sql)
    {
        await using var connection = new DuckDBConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(place => Convert.ToDouble(reader.GetValue(place), CultureInfo.InvariantCulture))];
    }
}
