using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Rfm;

/// <summary>Makes the result of the cells that the SQL gave.</summary>
internal sealed class RfmReport(CustomerSales sales, RfmOptions options, ScoreEdges edges, IReadOnlyList<ScoredCell> cells)
{
    private readonly SegmentMap? _map = options.SegmentsUsed;

    public RfmResult ToResult()
    {
        var recency = Scale(options.RecencyEdges is not null, edges.Recency.Select(edge => (decimal)edge), cell => cell.Recency, cell => cell.Days);
        var frequency = Scale(options.FrequencyEdges is not null, edges.Frequency.Select(edge => (decimal)edge), cell => cell.Frequency, cell => cell.Orders);
        var monetary = Scale(options.MonetaryEdges is not null, edges.Monetary, cell => cell.Monetary, cell => cell.Values);
        return new RfmResult(
            sales.Generation,
            options.Population.AsOf,
            Hash(),
            Words(),
            sales.Population,
            recency,
            frequency,
            monetary,
            [.. cells.Select(cell => new RfmCell(cell.Recency, cell.Frequency, cell.Monetary, SegmentOf(cell), cell.Sums))],
            [.. Segments()],
            [.. sales.Notes, .. Notes([("recency", recency), ("frequency", frequency), ("monetary value", monetary)])]);
    }

    private ScoreScale Scale(
        bool isFixed, IEnumerable<decimal> edges, Func<ScoredCell, int> scoreOf, Func<ScoredCell, Extremes> extremesOf)
    {
        var byScore = cells.ToLookup(scoreOf);
        return new ScoreScale(isFixed, [.. edges], [.. Enumerable.Range(1, options.Bins).Select(Bin)]);

        ScoreBin Bin(int score) => byScore[score].ToList() is { Count: > 0 } having
            ? new ScoreBin(
                score,
                having.Sum(cell => cell.Sums.Customers),
                having.Min(cell => extremesOf(cell).Least),
                having.Max(cell => extremesOf(cell).Most))
            : new ScoreBin(score, 0, null, null);
    }

    private IEnumerable<RfmSegment> Segments()
    {
        var bySegment = cells.ToLookup(SegmentOf);
        foreach (var segment in _map?.Segments ?? [])
        {
            var sums = RfmSums.Of(bySegment[segment.Name].Select(cell => cell.Sums));
            var combined = bySegment[segment.Name].Sum(cell =>
                cell.Sums.Customers * options.Weights.Combine(cell.Recency, cell.Frequency, cell.Monetary));
            yield return new RfmSegment(
                segment.Name,
                segment.Meaning,
                sums,
                sales.Population.Customers > 0 ? (decimal)sums.Customers / sales.Population.Customers : null,
                sales.Population.Revenue > 0 ? sums.Revenue / sales.Population.Revenue : null,
                sums.Customers > 0 ? combined / sums.Customers : null);
        }
    }

    private IEnumerable<string> Notes(IEnumerable<(string Measure, ScoreScale Scale)> scales)
    {
        if (_map is null)
        {
            yield return FormattableString.Invariant(
                $"The cells have no names: the customary segments are for {SegmentMap.Customary.Bins} scores, and here are {options.Bins}. Give a segment map with 'bins: {options.Bins}'.");
        }

        if (sales.Population.Customers == 1)
        {
            yield return "There is one customer: scores compare customers with each other, and say nothing here.";
        }

        if (sales.Population.Customers <= 1)
        {
            yield break;
        }

        foreach (var (measure, scale) in scales)
        {
            var empty = scale.Bins.Where(bin => bin.Customers == 0).Select(bin => bin.Score.ToString(CultureInfo.InvariantCulture)).ToList();
            if (empty.Count == scale.Bins.Count - 1 && scale.Bins.All(bin => bin.Least == bin.Most))
            {
                yield return $"All customers have the same {measure}: its score says nothing.";
            }
            else if (empty.Count > 0)
            {
                var why = scale.IsFixed ? "no customer lies between those edges" : "equal values have equal scores, and too many customers share a value";
                yield return $"No customer has the score {string.Join(", ", empty)} of {measure}: {why}.";
            }
        }
    }

    private string Words()
    {
        var by = new (string Measure, bool IsFixed)[]
        {
            ("recency", options.RecencyEdges is not null),
            ("frequency", options.FrequencyEdges is not null),
            ("monetary value", options.MonetaryEdges is not null),
        };
        var weights = options.Weights;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"RFM of {options.Population.Words}. Recency is days since the last purchase, frequency is orders, monetary is value. "
            + $"Scores run from 1 to {options.Bins} (best): {string.Join(", ", by.Select(measure => $"{measure.Measure} by {(measure.IsFixed ? "fixed edges" : "quantiles")}"))}; equal values have equal scores. "
            + $"The combined score weighs them {weights.Recency}:{weights.Frequency}:{weights.Monetary}. "
            + $"Segments: {_map?.Name ?? "none"}.");
    }

    private string Hash() => DefinitionHash.Of(
        "rfm",
        options.Population.Canonical,
        FormattableString.Invariant($"bins={options.Bins}; weights={options.Weights.Recency:G29}:{options.Weights.Frequency:G29}:{options.Weights.Monetary:G29}"),
        Listed(options.RecencyEdges),
        Listed(options.FrequencyEdges),
        Listed(options.MonetaryEdges),
        _map?.Hash ?? "",
        CustomerSales.Sql,
        SqlFile.Read(typeof(RfmReport), "Rfm/edges.sql"),
        RfmScoring.Sql);

    private static string Listed<T>(IEnumerable<T>? edges)
        where T : IFormattable =>
        edges is null ? "quantiles" : string.Join(",", edges.Select(edge => edge.ToString(null, CultureInfo.InvariantCulture)));

    private string? SegmentOf(ScoredCell cell) => _map?.Of(cell.Recency, cell.Frequency, cell.Monetary);
}
