using System.Globalization;
using Warehouse.Charts;

namespace Warehouse.Analysis.Rfm;

/// <summary>RFM as a report: the grid of scores and the segments.</summary>
public static class RfmCharts
{
    /// <summary>The report.</summary>
    public static Report Of(RfmResult result) => new(
        "RFM: recency, frequency, monetary value",
        new ReportOrigin(result.AsOf.Date, result.Generation, $"{result.Population.Customers.ToString("#,##0", CultureInfo.InvariantCulture)} customers. {result.Words}", result.Definition),
        [Grid(result), Segments(result), Scales(result)],
        result.Notes);

    private static HeatMap Grid(RfmResult result)
    {
        var customers = result.Cells.GroupBy(cell => (cell.Recency, cell.Frequency))
            .ToDictionary(group => group.Key, group => (double?)group.Sum(cell => cell.Sums.Customers));
        var bins = result.Recency.Bins.Select(bin => bin.Score).ToList();
        return new HeatMap(
            "Customers by recency and frequency",
            "frequency score",
            "recency score",
            new Axis("customers", ValueFormat.Count),
            [.. bins.Select(Name)],
            [.. bins.AsEnumerable().Reverse().Select(Name)],
            [.. bins.AsEnumerable().Reverse().Select(recency => bins.Select(frequency => customers.GetValueOrDefault((recency, frequency))).ToList())])
        {
            Description = "How many customers have each pair of scores; 1 is the worst, and the best stand at the upper right.",
        };
    }

    private static BarChart Segments(RfmResult result)
    {
        var isNamed = result.Segments.Count > 0;
        var rows = isNamed
            ? result.Segments.Select(segment => (segment.Name, segment.Sums))
            : result.Cells.Select(cell => (Name: FormattableString.Invariant($"{cell.Recency}-{cell.Frequency}-{cell.Monetary}"), cell.Sums));
        var (customers, revenue) = (result.Population.Customers, result.Population.Revenue);
        var shares = rows.Select(row => (
            row.Name,
            Customers: customers > 0 ? (double?)row.Sums.Customers / customers : null,
            Revenue: revenue > 0 ? (double?)(row.Sums.Revenue / revenue) : null)).ToList();
        return new BarChart(
            isNamed ? "Segments" : "Cells of scores",
            isNamed ? "segment" : "recency-frequency-monetary",
            new Axis("share", ValueFormat.Share),
            [.. shares.Select(share => share.Name)],
            [new BarSeries("of customers", [.. shares.Select(share => share.Customers)]), new BarSeries("of revenue", [.. shares.Select(share => share.Revenue)])])
        {
            Description = "The part of all customers and of their revenue.",
            IsHorizontal = true,
        };
    }

    private static ReportPart Scales(RfmResult result) => ReportPart.Of(
        "What the scores mean",
        new ChartTable(
            [new("measure"), new("score", ValueFormat.Count), new("customers", ValueFormat.Count), new("from", ValueFormat.Number), new("to", ValueFormat.Number)],
            [
                .. new[] { ("recency, days", result.Recency), ("frequency, orders", result.Frequency), ("monetary value", result.Monetary) }
                    .SelectMany(scale => scale.Item2.Bins.Select(bin => (IReadOnlyList<object?>)[scale.Item1, bin.Score, bin.Customers, bin.Least, bin.Most])),
            ]));

    private static string Name(int score) => score.ToString(CultureInfo.InvariantCulture);
}
