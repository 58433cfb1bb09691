using Warehouse.Analysis.Populations;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Rfm;

/// <summary>How customers are scored by recency, frequency and monetary value.</summary>
/// <param name="Population">Whose sales, of which time, and what value is.</param>
public sealed record RfmOptions(PopulationOptions Population)
{
    /// <summary>The fewest scores there can be.</summary>
    public const int FewestBins = 2;

    /// <summary>The most scores there can be.</summary>
    public const int MostBins = 10;

    /// <summary>Scores run from 1, the worst, to this. Default: 5.</summary>
    public int Bins { get; init; } = 5;

    /// <summary>
    /// Fixed edges of recency in days, falling: of 5 scores, 365, 180, 90, 30 score 5 for at most 30 days and 1 for more
    /// than 365. Null takes quantiles.
    /// </summary>
    public IReadOnlyList<int>? RecencyEdges { get; init; }

    /// <summary>Fixed edges of frequency in orders, rising: a customer scores above an edge with more orders than it. Null takes quantiles.</summary>
    public IReadOnlyList<int>? FrequencyEdges { get; init; }

    /// <summary>Fixed edges of monetary value, rising: a customer scores above an edge with more value than it. Null takes quantiles.</summary>
    public IReadOnlyList<decimal>? MonetaryEdges { get; init; }

    /// <summary>How much each score weighs in the combined score. Default: equally.</summary>
    public RfmWeights Weights { get; init; } = new(1, 1, 1);

    /// <summary>What names the cells; null takes the customary eleven names where there are five scores, and none else.</summary>
    public SegmentMap? Segments { get; init; }

    internal SegmentMap? SegmentsUsed => Segments ?? (Bins == SegmentMap.Customary.Bins ? SegmentMap.Customary : null);

    /// <exception cref="WrongCommandException">An option makes no sense; the message says which.</exception>
    internal void Require()
    {
        if (Population.Measure == ValueMeasure.Expected)
        {
            throw new WrongCommandException("RFM scores what was bought: its value is revenue or margin, not what is expected.");
        }

        if (Bins is < FewestBins or > MostBins)
        {
            throw new WrongCommandException(FormattableString.Invariant($"There can be {FewestBins} to {MostBins} scores, not {Bins}."));
        }

        RequireEdges("recency", RecencyEdges?.Select(edge => -(decimal)edge), "fall");
        RequireEdges("frequency", FrequencyEdges?.Select(edge => (decimal)edge), "rise");
        RequireEdges("monetary", MonetaryEdges, "rise");
        Weights.Require();
        if (Segments is { } map && map.Bins != Bins)
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"The segment map {map.Name} is for {map.Bins} scores, and {Bins} were asked for."));
        }
    }

    private void RequireEdges(string what, IEnumerable<decimal>? edges, string direction)
    {
        if (edges?.ToList() is not { } rising)
        {
            return;
        }

        if (rising.Count != Bins - 1)
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"{Bins} scores have {Bins - 1} edges between them, and {rising.Count} of {what} were given."));
        }

        if (rising.Zip(rising.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new WrongCommandException($"The edges of {what} must {direction}, each beyond the one before it.");
        }
    }
}
