using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Model;

/// <summary>What people of one role may see. A cube that a role does not name it may not ask.</summary>
/// <param name="Name">The role.</param>
/// <param name="Rows">By cube, the condition on members that facts have to meet; null for all facts.</param>
/// <param name="Hidden">Members (<c>customer.id</c>, in every cube) and measures (<c>sales.margin</c>) that queries may not name.</param>
public sealed record AccessRole(string Name, IReadOnlyDictionary<string, SourcedExpression?> Rows, IReadOnlySet<string> Hidden);
