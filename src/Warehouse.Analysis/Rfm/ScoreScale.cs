namespace Warehouse.Analysis.Rfm;

/// <summary>How one measure is scored.</summary>
/// <param name="IsFixed">Whether the edges were given, rather than taken at quantiles.</param>
/// <param name="Edges">
/// What separates score s from s + 1, for s from 1: of recency the most days that score s + 1, of frequency and monetary
/// value what must be exceeded. Empty where quantiles have no customer to be taken of.
/// </param>
/// <param name="Bins">Every score, from 1.</param>
public sealed record ScoreScale(bool IsFixed, IReadOnlyList<decimal> Edges, IReadOnlyList<ScoreBin> Bins);

/// <summary>The customers with one score.</summary>
/// <param name="Score">The score.</param>
/// <param name="Customers">How many have it.</param>
/// <param name="Least">The least value among them; null where there is none.</param>
/// <param name="Most">The most.</param>
public sealed record ScoreBin(int Score, long Customers, decimal? Least, decimal? Most);
