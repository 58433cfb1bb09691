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
    /// <summary>What statements call its value.</summary>
    public string Column { get; } = FormattableString.Invariant($"k{Index}");

    public int Bit => 1 << Index;
}
