using System.Text.Json;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary><c>warehouse campaign measure</c> as people run it, without a workspace.</summary>
public class MeasureTests
{
    [SkippableFact]
    public async Task Hillstrom_FromItsFile()
    {
        var result = (await CommandLine.RunAsync(
            "campaign", "measure", "--file", Repository.SharedData("hillstrom", "hillstrom.csv.gz"), "--arm", "segment", "--control", "No E-Mail",
            "--outcomes", "visit,conversion,spend", "--covariates", "history", "--format", "json")).Done();

        var report = JsonDocument.Parse(result.Output).RootElement;
        var spend = report.GetProperty("effects").EnumerateArray().Single(effect =>
            effect.GetProperty("arm").GetString() == "Mens E-Mail" && effect.GetProperty("outcome").GetString() == "spend");
        Assert.Equal(.769827, spend.GetProperty("difference").GetDouble(), 6);
        Assert.Equal(.145247, spend.GetProperty("standardError").GetDouble(), 6);
        Assert.Equal(.485, spend.GetProperty("low").GetDouble(), 3);
        Assert.Equal(1.055, spend.GetProperty("high").GetDouble(), 3);
        Assert.Equal(.2025, report.GetProperty("sampleRatio").GetProperty("chiSquare").GetDouble(), 4);
        Assert.Equal(.00047, report.GetProperty("cuped")[2].GetProperty("varianceRemoved").GetDouble(), 5);
        Assert.Equal(494_679, report.GetProperty("power")[2].GetProperty("customersPerArm").GetDouble());
        Assert.Contains("Mens E-Mail raised spend by 0.77", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusedClaim_EndsWithReserve_AndSaysWhy()
    {
        using var folder = new FreshFolder();
        var file = folder.Write("x.csv", "arm,spend\n" + string.Concat(Enumerable.Range(0, 400).Select(row => $"{(row % 2 == 0 ? "a" : "b")},{row / 2 % 7}\n")));

        var result = await CommandLine.RunAsync("campaign", "measure", "--file", file, "--arm", "arm", "--control", "a", "--outcomes", "spend");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("No claim that b changed spend", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no file", "--file", "none.csv", "--arm", "arm", "--control", "a", "--outcomes", "spend")]
    [InlineData("Name either a campaign of the workspace or a file")]
    [InlineData("Option '--control' is required", "--file", "none.csv", "--arm", "arm", "--outcomes", "spend")]
    [InlineData("\"a\" is no share of an arm", "--file", "none.csv", "--arm", "arm", "--control", "a", "--outcomes", "spend", "--shares", "a")]
    public async Task WrongCommand_IsSaid(string words, params string[] arguments)
    {
        var result = await CommandLine.RunAsync(["campaign", "measure", .. arguments]);

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.NotEqual(0, result.ExitCode);
    }
}
