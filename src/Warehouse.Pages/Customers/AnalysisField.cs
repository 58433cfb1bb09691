namespace Warehouse.Pages.Customers;

/// <summary>Something that can be said to an analysis: a control of its form.</summary>
/// <param name="Name">The parameter of the verb.</param>
/// <param name="Label">What people read.</param>
/// <param name="Kind">What is typed or chosen.</param>
public sealed record AnalysisField(string Name, string Label, FieldKind Kind)
{
    /// <summary>What can be chosen, with the words for it; the first is taken where nothing is said.</summary>
    public IReadOnlyList<(string Value, string Words)> Choices { get; init; } = [];

    /// <summary>What may be typed, as an example.</summary>
    public string? Example { get; init; }

    public static AnalysisField AsOf { get; } = new("as-of", "As of", FieldKind.Date);

    public static AnalysisField Hindsight { get; } = new("hindsight", "With all that is known now", FieldKind.Flag);

    public static AnalysisField Window { get; } = new("window", "Sales of", FieldKind.Text) { Example = "all, 12m, 90d, 2025-01-01" };

    public static AnalysisField Measure { get; } = new("measure", "Value is", FieldKind.Choice) { Choices = [("revenue", "revenue"), ("margin", "margin")] };

    public static AnalysisField Returns { get; } = new("returns", "Returns", FieldKind.Choice) { Choices = [("in", "are taken off"), ("out", "are left out")] };
}

/// <summary>How something is said.</summary>
public enum FieldKind
{
    Text,
    Number,
    Date,
    Flag,
    Choice,
}
