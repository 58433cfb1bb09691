using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>Names in the conditions of a role on a cube's facts: members, hidden ones too.</summary>
internal sealed class RoleNames(FactScope scope) : RowNames
{
    public override FactScope Scope => scope;

    public override DimensionRole? Role(Name name) => scope.Cube.Roles.GetValueOrDefault(name.First);

    public override RowNames Within(FactScope pairs) => new RoleNames(pairs);

    public override Typed Resolve(Name name, ExpressionSource source)
    {
        var (role, field) = MemberNames.Find(scope.Cube, name, source);
        return One(scope, role, field, name, source);
    }

    public override Typed IsUnknown(Name dimension, ExpressionSource source) =>
        scope.IsUnknown(MemberNames.Role(scope.Cube, dimension, source)) is { } condition
            ? new Typed(condition, ValueKind.Boolean)
            : throw source.Fault(dimension, $"The dimension \"{dimension.First}\" has no unknown member.");
}
