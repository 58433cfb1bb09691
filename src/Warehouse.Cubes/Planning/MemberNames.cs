using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Looks members up by <c>dimension.attribute</c> and says which names would have been right.</summary>
internal static class MemberNames
{
    public static (DimensionRole Role, DimensionField Field) Find(Cube cube, Name name, ExpressionSource source)
    {
        var role = Role(cube, name, source);
        var fields = role.Dimension.Attributes;
        return name.Second is not null && fields.TryGetValue(name.Second, out var field)
            ? (role, field)
            : throw source.Fault(name, $"\"{role.Name}\" has no attribute \"{name.Second}\". {NearNames.Hint(name.Second ?? "", fields.Keys, "attributes")}");
    }

    public static DimensionRole Role(Cube cube, Name name, ExpressionSource source) =>
        cube.Roles.TryGetValue(name.First, out var role)
            ? role
            : throw source.Fault(name, $"The cube \"{cube.Name}\" has no dimension \"{name.First}\". {NearNames.Hint(name.First, cube.Roles.Keys, "dimensions")}");
}
