using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>
/// Members computed of the values of an attribute, as an attribute of its own: EMEA of Europe and the Middle East. They may overlap,
/// so a fact counts for each of which it is a part, and once in every total.
/// </summary>
/// <param name="Of">The attribute whose values are their parts.</param>
/// <param name="Members">In the order of the definition.</param>
public sealed record CalculatedMembers(DimensionField Of, IReadOnlyList<CalculatedMember> Members);

/// <summary>A named expression over members.</summary>
/// <param name="Name">What its row is called.</param>
/// <param name="Parts">Values of the attribute, none twice.</param>
public sealed record CalculatedMember(string Name, IReadOnlyList<CalculatedPart> Parts)
{
    /// <summary>
    /// Whether it is no set of facts, because something is taken away that is not in it. Only what adds up over facts has a value for it.
    /// </summary>
    public bool IsDifference => Parts.Any(part => part.Weight != 1);
}

/// <summary>A value with how often the facts that have it count: 1, or below 0 where they are taken away.</summary>
public sealed record CalculatedPart(SourcedExpression Value, int Weight);
