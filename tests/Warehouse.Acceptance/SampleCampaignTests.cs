using System.Data.Common;
using System.Text.Json;
using Warehouse.DuckDb;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>The sample retailer's campaigns, measured from what was loaded, against the effects that only its generator knows.</summary>
public class SampleCampaignTests
{
    [Fact]
    public async Task EveryWave_IsMeasuredToWithinChanceOfItsTrueEffect()
    {
        using var folder = new FreshFolder();
        Samples.Copy("retail", folder.Path);
        (await CommandLine.RunAsync("load", "-w", folder.Path)).Done();

        var errors = new List<double>();
        foreach (var (campaign, wave, effect, treated, customers) in await TruthAsync(folder.Path))
        {
            var result = await CommandLine.RunAsync(
                "campaign", "measure", campaign, "--wave", $"{wave}", "--shares", $"treated={treated},control={customers - treated}",
                "--format", "json", "-w", folder.Path);
            Assert.True(result.ExitCode is 0 or 3, result.Error);
            var report = JsonDocument.Parse(result.Output).RootElement;
            Assert.True(report.GetProperty("sampleRatio").GetProperty("isSound").GetBoolean(), result.Error);
            var found = report.GetProperty("effects").EnumerateArray().Single(each => each.GetProperty("outcome").GetString() == "conversion");
            errors.Add((found.GetProperty("difference").GetDouble() - effect) / found.GetProperty("standardError").GetDouble());
        }

        Assert.True(errors.Count > 8);
        Assert.All(errors, error => Assert.InRange(error, -3.5, 3.5));
        Assert.InRange(errors.Sum() / Math.Sqrt(errors.Count), -3, 3);
    }

    private static async Task<IReadOnlyList<(string Campaign, int Wave, double Effect, long Treated, long Customers)>> TruthAsync(string folder)
    {
        await using var connection = new DuckDBConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT campaign, wave, expected_effect, treated, customers FROM read_parquet($path) ORDER BY campaign, wave";
        var path = command.CreateParameter();
        (path.ParameterName, path.Value) = ("path", Path.Combine(folder, "truth", "campaigns.parquet"));
        command.Parameters.Add(path);
        await using var reader = await command.ExecuteReaderAsync();
        var waves = new List<(string, int, double, long, long)>();
        while (await reader.ReadAsync())
        {
            waves.Add((reader.GetString(0), reader.GetInt32(1), reader.GetDouble(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return waves;
    }
}
