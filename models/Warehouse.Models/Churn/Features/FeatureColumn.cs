namespace Warehouse.Models.Churn.Features;

/// <summary>A column of a table of features.</summary>
/// <param name="Name">Its name, by which definitions and models know it.</param>
/// <param name="Levels">Of a category the texts that its values count, from 0; null for numbers.</param>
public sealed record FeatureColumn(string Name, IReadOnlyList<string>? Levels = null)
{
    /// <summary>Whether its values are categories, and no numbers.</summary>
    public bool IsCategory => Levels is not null;
}
