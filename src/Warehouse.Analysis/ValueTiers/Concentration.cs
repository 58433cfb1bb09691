namespace Warehouse.Analysis.ValueTiers;

/// <summary>How uneven the spread of value over customers is.</summary>
/// <param name="BestFifth">How many customers the best 20 % are, rounded up.</param>
/// <param name="BestFifthShare">The part of the value that they hold, 0 to 1.</param>
/// <param name="MakingMost">The fewest customers who make 80 % of the value.</param>
/// <param name="MakingMostShare">Their part of the customers.</param>
/// <param name="Gini">Gini's coefficient, 0 where all are equal: (n + 1 - 2 Σ j x_j / Σ x) / n, with x_1 the greatest.</param>
/// <param name="BestToAverage">The mean value of the best 20 % over that of all.</param>
/// <param name="BestToRest">The mean value of the best 20 % over that of the others; null where those are none, or have no value above zero.</param>
/// <param name="Lorenz">Points of the Lorenz curve, from (0, 0) to (1, 1): one for each hundredth of the customers, rounded to a whole customer.</param>
public sealed record Concentration(
    long BestFifth,
    decimal BestFifthShare,
    long MakingMost,
    decimal MakingMostShare,
    double Gini,
    decimal BestToAverage,
    decimal? BestToRest,
    IReadOnlyList<LorenzPoint> Lorenz)
{
    /// <summary>Best-to-rest ratios that are customarily quoted of trades, to hold one's own against.</summary>
    public static IReadOnlyList<CustomaryRatio> Customary { get; } =
        [new("hotels", 5), new("airlines", 12), new("restaurants", 13), new("retail", 16)];
}

/// <summary>A point of the Lorenz curve.</summary>
/// <param name="CustomerShare">The part of the customers with the least value, 0 to 1.</param>
/// <param name="ValueShare">The part of the value that they hold.</param>
public sealed record LorenzPoint(decimal CustomerShare, decimal ValueShare);

/// <summary>How many times as much the best customers of a trade spend as the rest.</summary>
public sealed record CustomaryRatio(string Trade, decimal BestToRest);
