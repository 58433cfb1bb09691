using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>A member that rows are grouped by.</summary>
/// <param name="Index">Its place in the query; its bit in a row's set is 1 where the row is a total over it.</param>
/// <param name="Name">As the query has it.</param>
/// <param name="Role">In the query's own cube; other cubes have to have the same.</param>
/// <param name="Field">The attribute.</param>
internal sealed record QueryKey(int Index, Name Name, DimensionRole Role, DimensionField Field)
{
    /// <summary>Which members have rows of their own, the rest being one row; null for all.</summary>
    public TopMembers? Top { get; init; }

    /// <summary>Whether a fact may have several values of it, so that it counts for each, and once in totals.</summary>
    public bool IsMany => Role.IsMany || Calculated is not null;

    /// <summary>The members that are shown, where they are computed of others; null where facts have the values themselves.</summary>
    public IReadOnlyList<CalculatedMember>? Calculated { get; init; } = Field.Calculated?.Members;

    /// <summary>Whether only facts count that have a known member.</summary>
    public bool IsKnown { get; init; }

    public int Bit => 1 << Index;

    /// <summary>What statements call its value.</summary>
    public string Column => FormattableString.Invariant($"k{Index}");

    /// <summary>What statements call the flag of the row that is the rest.</summary>
    public string RestColumn => FormattableString.Invariant($"x{Index}");

    /// <summary>All its columns.</summary>
    public IReadOnlyList<string> Columns => Top is null ? [Column] : [RestColumn, Column];
}
