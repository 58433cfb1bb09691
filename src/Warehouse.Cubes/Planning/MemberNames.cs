using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Looks members up by <c>dimension.attribute</c> and says which names would have been right.</summary>
internal static class MemberNames
{
    public static (DimensionRole Role, DimensionField Field) Find(Cube cube, Name name, ExpressionSource source) =>
        Find(cube, name, source, CubeAccess.Everything);

    /// <summary>A member that a query names: one that its asker may not name is as one that is not there.</summary>
    public static (DimensionRole Role, DimensionField Field) Find(Cube cube, Name name, ExpressionSource source, CubeAccess access)
    {
        var role = Role(cube, name, source, access);
        var seen = source is QuerySource ? access : CubeAccess.Everything;
        var fields = role.Dimension.Attributes;
        return name.Second is not null && fields.TryGetValue(name.Second, out var field) && !seen.IsHidden(cube, $"{role.Name}.{field.Name}")
            ? (At(role, name, source), field)
            : throw source.Fault(name, $"\"{role.Name}\" has no attribute \"{name.Second}\". {NearNames.Hint(name.Second ?? "", fields.Keys.Where(known => !seen.IsHidden(cube, $"{role.Name}.{known}")), "attributes")}");
    }

    /// <exception cref="UserFaultException">The members are computed of others, so that a fact has no value of its own among them.</exception>
    public static void RequireOwnValues(Name name, DimensionField field, ExpressionSource source)
    {
        if (field.Calculated is { } calculated)
        {
            throw source.Fault(name, $"The members of {name.Text} are computed of those of {calculated.Of.Name}: rows are by them, and a condition says with « = » or « in » which are meant.");
        }
    }

    /// <summary>The role at the day that the name says.</summary>
    private static DimensionRole At(DimensionRole role, Name name, ExpressionSource source) =>
        name.At is not { } day ? role
        : role.IsThen ? throw source.Fault(name, $"\"{role.Name}\" is as of the day of each fact, and cannot be asked at another.")
        : role.Dimension is { Versions: null, Snapshots: null } ? throw source.Fault(name, $"\"{role.Name}\" has no versions and no snapshots, so that nothing is known of it at another day.")
        : role with { At = day };

    public static DimensionRole Role(Cube cube, Name name, ExpressionSource source) => Role(cube, name, source, CubeAccess.Everything);

    /// <summary>A dimension that a query names: one of which its asker may not name anything is as one that is not there.</summary>
    public static DimensionRole Role(Cube cube, Name name, ExpressionSource source, CubeAccess access)
    {
        var seen = source is QuerySource ? access : CubeAccess.Everything;
        return cube.Roles.TryGetValue(name.First, out var role) && !seen.IsHidden(cube, role)
            ? role
            : throw source.Fault(name, $"The cube \"{cube.Name}\" has no dimension \"{name.First}\". {NearNames.Hint(name.First, cube.Roles.Values.Where(known => !seen.IsHidden(cube, known)).Select(known => known.Name), "dimensions")}");
    }
}
