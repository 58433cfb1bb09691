using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.Dirt;

/// <summary>What a loader by the reference policy (TRUTH.md) does with a row.</summary>
internal enum Outcome
{
    /// <summary>Loads it, perhaps mended, or tied to an unknown member.</summary>
    Keep,

    /// <summary>Rejects it, with a reason.</summary>
    Reject,

    /// <summary>Recognises it as a row that is there already.</summary>
    Duplicate,

    /// <summary>It is no row: an empty line, a mark at the beginning of the file.</summary>
    NoRow,
}

/// <summary>How a fault changes a file.</summary>
internal enum FaultPlace
{
    /// <summary>In a row that was right.</summary>
    InRow,

    /// <summary>A row more, after one that stays right.</summary>
    AfterRow,
}

/// <summary>A kind of fault of a data set and how to make one.</summary>
/// <param name="Kind">Its name in the truth, lower case with underscores.</param>
/// <param name="PerMillion">Rows of a million that have it.</param>
/// <param name="Column">The column at fault, or null where it is the row.</param>
/// <param name="Spoil">Makes the faulty row's text from the fields of the right one.</param>
internal sealed record FaultRecipe(
    string Kind, Outcome Outcome, int PerMillion, string? Column, Func<string[], Rng, string> Spoil)
{
    public FaultPlace Place { get; init; } = FaultPlace.InRow;

    /// <summary>Whether a row can have the fault.</summary>
    public Predicate<string[]> Suits { get; init; } = _ => true;

    /// <summary>The row is kept, and whose it is is lost.</summary>
    public bool LosesCustomer { get; init; }
}
