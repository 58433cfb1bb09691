namespace Warehouse.Models.Churn.Horizons;

/// <summary>How long customers stay away between purchases, and the horizon that follows from it.</summary>
/// <param name="Generation">The generation of the warehouse.</param>
/// <param name="AsOf">Purchases before this date were looked at.</param>
/// <param name="Suggested">The days within which 90 % of those return who ever do; null where too few have returned.</param>
/// <param name="Gaps">Gaps between two purchases that have ended.</param>
/// <param name="Open">Gaps that are still open: one for each customer.</param>
/// <param name="Curve">The share of gaps that end within so many days, among all and among those who return.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record HorizonSuggestion(
    int Generation, DateOnly AsOf, int? Suggested, long Gaps, long Open, IReadOnlyList<ReturnPoint> Curve, IReadOnlyList<string> Notes);

/// <summary>A point of the curve.</summary>
/// <param name="Days">Days since a purchase.</param>
/// <param name="Returned">The share of purchases that another has followed within them, open gaps reckoned in (Kaplan and Meier 1958).</param>
/// <param name="OfReturning">The same among those who return at all, as far as can be seen.</param>
public sealed record ReturnPoint(int Days, double Returned, double OfReturning);
