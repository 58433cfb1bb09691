using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>What was predicted against what came true, by bins of the prediction; a model that can be taken at its word lies on the diagonal.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Bins">The bins in the order of what was predicted.</param>
public sealed record ReliabilityChart(string Title, IReadOnlyList<ReliabilityBin> Bins) : Chart(Title)
{
    /// <inheritdoc/>
    public override bool IsEmpty => Bins.Count == 0;

    /// <inheritdoc/>
    public override ChartTable Table => new(
        [new ChartColumn("predicted", ValueFormat.Share), new ChartColumn("came true", ValueFormat.Share), new ChartColumn("cases", ValueFormat.Count)],
        [.. Bins.Select(bin => (IReadOnlyList<object?>)[bin.Predicted, bin.Observed, bin.Cases])]);

    internal override int Height => 440;

    internal override JsonObject Option() => Options.AgainstDiagonal(
        "predicted", "came true", "as predicted", Bins.Select(bin => (bin.Predicted, bin.Observed)), new JsonObject { ["symbolSize"] = 8 });
}

/// <summary>The cases for which about the same was predicted.</summary>
/// <param name="Predicted">The mean prediction, 0 to 1.</param>
/// <param name="Observed">The part that came true.</param>
/// <param name="Cases">How many.</param>
public sealed record ReliabilityBin(double Predicted, double Observed, long Cases);
