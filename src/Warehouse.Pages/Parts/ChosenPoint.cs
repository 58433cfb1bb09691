namespace Warehouse.Pages.Parts;

/// <summary>A point of a chart that was clicked.</summary>
/// <param name="Name">Its category.</param>
/// <param name="Series">The name of its series.</param>
/// <param name="Index">Its place in the series.</param>
/// <param name="Value">Its value; of heat maps column, row and value.</param>
public sealed record ChosenPoint(string Name, string Series, int Index, IReadOnlyList<string> Value);
