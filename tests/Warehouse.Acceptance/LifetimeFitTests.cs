using System.Text.Json;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Lifetime models fitted from the command line, without a workspace.</summary>
public class LifetimeFitTests
{
    [SkippableFact]
    public async Task CdnowSummary_GivesThePublishedBgNbdParameters()
    {
        const string Name = "cdnow/cdnow_sample_summary.csv";
        Skip.If(SharedData.Find(Name) is null, SharedData.Missing(Name));

        var result = (await CommandLine.RunAsync("lifetime", "fit", "--summary", SharedData.Find(Name)!, "--model", "bg-nbd", "--format", "json")).Done();

        var fit = JsonDocument.Parse(result.Output).RootElement;
        var parameters = fit.GetProperty("parameters");
        Assert.Equal("bg-nbd", fit.GetProperty("model").GetString());
        Assert.Equal(.24259, parameters.GetProperty("r").GetDouble(), tolerance: .0005);
        Assert.Equal(4.4136, parameters.GetProperty("alpha").GetDouble(), tolerance: .005);
        Assert.Equal(.7929, parameters.GetProperty("a").GetDouble(), tolerance: .0005);
        Assert.Equal(2.4259, parameters.GetProperty("b").GetDouble(), tolerance: .005);
        Assert.Equal(-9582.43, fit.GetProperty("logLikelihood").GetDouble(), tolerance: .01);
        Assert.True(fit.GetProperty("converged").GetBoolean());
        Assert.True(fit.GetProperty("standardErrors").GetProperty("r").GetDouble() is > 0 and < .1);
    }

    [Fact]
    public async Task UnknownModel_IsAWrongCommandWithNearNames()
    {
        using var folder = new FreshFolder();

        var result = await CommandLine.RunAsync("lifetime", "fit", "--summary", folder.Write("s.csv", "x,t_x,T\n1,1,2\n"), "--model", "bgnbd");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Did you mean \"bg-nbd\"?", result.Error, StringComparison.Ordinal);
    }
}
