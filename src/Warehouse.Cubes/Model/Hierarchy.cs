namespace Warehouse.Cubes.Model;

/// <summary>Levels of a dimension from the widest to the finest, to drill along. A level may have no value (a ragged hierarchy).</summary>
/// <param name="Name">Its name within the dimension.</param>
/// <param name="Levels">Names of attributes.</param>
public sealed record Hierarchy(string Name, IReadOnlyList<string> Levels);
