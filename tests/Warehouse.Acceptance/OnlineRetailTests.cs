using System.Text.Json;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>The public Online Retail data, loaded whole by the command line, against its published control totals.</summary>
public sealed class OnlineRetailTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    [SkippableFact]
    public async Task OnlineRetail_LoadsToItsControlTotals_AndIsRecognisedTheSecondTime()
    {
        var file = Repository.SharedData("online_retail", "online_retail.csv.gz");
        Samples.Copy("online-retail", _folder.Path);

        var load = await CommandLine.RunAsync("load", "online_retail", "-w", _folder.Path, "--file", file, "--format", "json");
        Assert.Equal([541909, 541909, 0, 0, 0, 0], Counts(load.Done()));

        var query = await CommandLine.RunAsync(
            "query", "sales", "--measures", "net_sales,orders,customers,lines", "-w", _folder.Path, "--format", "json");
        var row = query.Done().Rows[0];
        Assert.Equal(9_747_747.93m, decimal.Round(row[0].GetDecimal(), 2));
        Assert.Equal([25900, 4372, 541909], row.EnumerateArray().Skip(1).Select(value => value.GetInt64()));

        var again = await CommandLine.RunAsync("load", "online_retail", "-w", _folder.Path, "--file", file, "--format", "json");
        Assert.Equal([541909, 0, 0, 0, 0, 541909], Counts(again.Done()));
        Assert.Contains("Everything was loaded before", again.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Read, loaded, corrected, deleted, rejected, already loaded.</summary>
    private static IEnumerable<long> Counts(CommandResult load)
    {
        JsonElement row = load.Rows[0];
        return row.EnumerateArray().Skip(2).Take(6).Select(value => value.GetInt64());
    }
}
