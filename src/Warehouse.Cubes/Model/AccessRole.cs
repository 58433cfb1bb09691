using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>What people of one role may see. A cube that a role does not name it may not ask.</summary>
/// <param name="Name">The role.</param>
/// <param name="Rows">By cube, the condition on members that facts have to meet; null for all facts.</param>
/// <param name="Hidden">Members (<c>customer.id</c>, in every cube) and measures (<c>sales.margin</c>) that queries may not name.</param>
public sealed record AccessRole(string Name, IReadOnlyDictionary<string, SourcedExpression?> Rows, IReadOnlySet<string> Hidden)
{
    /// <summary>What stands in the place of a masked value.</summary>
    public const string Mask = "•••";

    /// <summary>
    /// By member, of which facts its value is shown as <see cref="Mask"/>, all of them as one member: null for every fact, else a
    /// condition on members. Totals stay what they are.
    /// </summary>
    public IReadOnlyDictionary<string, SourcedExpression?> Masked { get; init; } = new Dictionary<string, SourcedExpression?>(StringComparer.Ordinal);
}
