namespace Warehouse.Etl.Mapping.Checks;

/// <summary>Something that a row has to be to be loaded.</summary>
/// <param name="Number">Counts from 1; a row's fault is the number of the first check that it fails.</param>
/// <param name="Column">The source's column, or null where the row as a whole is checked.</param>
/// <param name="Rule">The kind of check.</param>
/// <param name="Expectation">What was expected, as a sentence.</param>
internal sealed record Check(int Number, string? Column, string Rule, string Expectation)
{
    /// <summary>A row equal to an earlier one; found after the others.</summary>
    public static Check Duplicate { get; } = new(short.MaxValue, null, "duplicate", "An earlier row of this load is equal in every column.");

    /// <summary>A row of which the feed's filter cannot tell whether it is meant.</summary>
    public static Check Filter { get; } = new(short.MaxValue - 3, "where", "where", "Expected a yes or no from the feed's filter");

    /// <summary>A row of a customer who asked to be forgotten; found after the others, and kept without what it says.</summary>
    public static Check Forgotten { get; } = new(short.MaxValue - 1, null, "forgotten", "The customer asked to be forgotten.");

    /// <summary>A row that leaves out what only the first about a fact has to say, though nothing is known of it; found after the others.</summary>
    public static Check First { get; } = new(
        short.MaxValue - 2, null, "first", "Nothing is known of it yet, and the row leaves out what the first has to say: when a contact was opened, when and into which arm a customer was put.");
}
