namespace Warehouse.Etl.Targets;

/// <summary>A column that a feed may fill.</summary>
/// <param name="Name">Its name in a feed.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="IsRequired">Whether a row without a value is rejected.</param>
/// <param name="Meaning">One sentence for people who write feeds.</param>
/// <param name="Range">The numbers that can be: a feed may narrow it, not widen it.</param>
/// <param name="IsKey">Whether it names what the row is about: where a feed fills it, every row has it.</param>
public sealed record TargetColumn(string Name, ColumnKind Kind, bool IsRequired, string Meaning, NumberRange Range, bool IsKey = false)
{
    /// <summary>For what is required: whether only the first row about a fact needs it, for those that follow leave it as it is.</summary>
    public bool IsOnlyForFirst { get; init; }
}
