using System.Text.Json;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Churn as people ask for it.</summary>
public sealed class ChurnTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    [SkippableFact]
    public async Task Train_OnOnlineRetail_ReproducesTheBaselinesAndBeatsThemOutOfTime()
    {
        var file = Repository.SharedData("online_retail", "online_retail.csv.gz");
        Samples.Copy("online-retail", _folder.Path);
        (await CommandLine.RunAsync("load", "online_retail", "-w", _folder.Path, "--file", file)).Done();

        var answer = await CommandLine.RunAsync(
            "churn", "train", "--as-of", "2011-09-01", "--horizon", "90", "-w", _folder.Path, "--format", "json");
        var result = JsonDocument.Parse(answer.Done().Output).RootElement;

        var test = result.GetProperty("test");
        Assert.Equal(3317, test.GetProperty("customers").GetInt32());
        Assert.Equal(0.438, test.GetProperty("churnRate").GetDouble(), 0.0005);
        var baselines = result.GetProperty("baselines");
        Assert.Equal(0.684, Value(baselines, "recency"), 0.0005);
        Assert.Equal(0.716, Value(baselines, "monetary"), 0.0005);
        Assert.Equal(0.724, Value(baselines, "frequency"), 0.0005);
        Assert.Equal(0.731, Value(baselines, "expectedPurchases"), 0.0005);
        var auc = test.GetProperty("auc");
        Assert.InRange(Value(test, "auc"), 0.745, 0.78);
        Assert.InRange(Value(test, "auc"), auc.GetProperty("low").GetDouble(), auc.GetProperty("high").GetDouble());
        Assert.True(result.GetProperty("beatsBaselines").GetBoolean());
    }

    public void Dispose() => _folder.Dispose();

    private static double Value(JsonElement parent, string name) => parent.GetProperty(name).GetProperty("value").GetDouble();
}
