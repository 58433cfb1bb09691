using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>A column of a target as a feed fills it.</summary>
/// <param name="Name">The target's column.</param>
/// <param name="Yaml">How it is filled, in YAML.</param>
/// <param name="Why">The evidence, or what was guessed.</param>
/// <param name="Uses">The columns of the source that it reads.</param>
internal sealed record ProposedColumn(string Name, string Yaml, string Why, params IReadOnlyList<string> Uses)
{
    /// <summary>The earliest year of the dates where they stand in another table; null where they do not.</summary>
    public int? FirstYearElsewhere { get; init; }
}

/// <summary>What a row of a table is proposed to fill.</summary>
/// <param name="Target">The target.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="IsLatest">Whether the latest value holds in all versions.</param>
internal sealed record ProposedFill(Target Target, IReadOnlyList<ProposedColumn> Columns, bool IsLatest = false);

/// <summary>What is proposed for a table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Fills">What its rows fill; none where that cannot be told.</param>
/// <param name="Grain">What a row is, and how that is known; or what is missing.</param>
/// <param name="Remarks">What else whoever reads the feed should know.</param>
internal sealed record TableProposal(SourceTable Table, IReadOnlyList<ProposedFill> Fills, string Grain, IReadOnlyList<string> Remarks)
{
    /// <summary>The earliest year in which something happened; null where its rows have no such date.</summary>
    public int? FirstYear { get; init; }

    /// <summary>The columns of the table that the proposal uses.</summary>
    public required IReadOnlySet<string> Used { get; init; }
}
