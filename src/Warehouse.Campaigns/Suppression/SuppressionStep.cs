namespace Warehouse.Campaigns.Suppression;

/// <summary>How many customers a reason leaves out, of those whom no reason before it did.</summary>
/// <param name="Rule">The rule as a plan writes it.</param>
/// <param name="Reason">The reason in words.</param>
/// <param name="Customers">Whom it leaves out.</param>
/// <param name="Remaining">Who is left after it.</param>
public sealed record SuppressionStep(string Rule, string Reason, long Customers, long Remaining);
