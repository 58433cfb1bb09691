using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>A member that a measure includes in its grain: an attribute, or a dimension by its name for its known members.</summary>
internal static class IncludedKey
{
    public static QueryKey Of(Name name, int index, Cube cube, ExpressionSource source, CubeAccess access)
    {
        if (name.Second is not null)
        {
            var (own, field) = MemberNames.Find(cube, name, source, access);
            return new QueryKey(index, name, own, field);
        }

        var role = MemberNames.Role(cube, name, source, access);
        if (role.On is null || role.IsMany || role.IsThen)
        {
            throw source.Fault(name, $"\"{name.First}\" does not say which member each fact has: include an attribute of it, like {name.First}.{role.Dimension.Attributes.Keys.FirstOrDefault()}.");
        }

        var key = new Name(role.Dimension.Key!);
        return new QueryKey(index, name, role, new DimensionField
        {
            Name = key.First,
            Caption = role.Dimension.Caption,
            Value = new SourcedExpression(key, source),
        })
        {
            IsKnown = true,
        };
    }
}
