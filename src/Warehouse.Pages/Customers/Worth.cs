namespace Warehouse.Pages.Customers;

/// <summary>What the customers of a tenth by expected value are worth.</summary>
/// <param name="Day">The stored date, in ISO 8601.</param>
/// <param name="Least">The least of their values.</param>
/// <param name="Most">The greatest.</param>
internal sealed record Worth(string Day, string Least, string Most);
