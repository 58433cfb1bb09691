namespace Warehouse.Analysis.Populations;

/// <summary>The customers that an analysis is about, and what it leaves out. Together they are all sales of the window.</summary>
/// <param name="Customers">How many they are.</param>
/// <param name="Revenue">Their net amounts.</param>
/// <param name="Value">Their value by the measure asked for.</param>
/// <param name="LastSale">The date of the last purchase of any of them; null where there are none.</param>
/// <param name="LeftOut">What does not count, and why; reasons that leave nothing out are not listed.</param>
public sealed record Population(
    long Customers, decimal Revenue, decimal Value, DateOnly? LastSale, IReadOnlyList<LeftOut> LeftOut);

/// <summary>A part of the window's sales that an analysis does not count.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Customers">The customers left out whole; null where only lines of counted customers are.</param>
/// <param name="Revenue">The net amounts left out.</param>
public sealed record LeftOut(string Reason, long? Customers, decimal Revenue);
