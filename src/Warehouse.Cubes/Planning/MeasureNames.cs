using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Looks measures up, by their name in the cube at hand or by <c>cube.measure</c>. One that a query may not name is as one that is
/// not there; the model's own measures may be computed of it.
/// </summary>
internal sealed class MeasureNames(CubeModel model, CubeAccess access)
{
    public CubeAccess Access => access;

    /// <summary>Whether a cube has a measure that the asker may name.</summary>
    public bool IsSeen(Cube cube, string measure) => cube.Measures.ContainsKey(measure) && !access.IsHidden(cube, $"{cube.Name}.{measure}");

    public (Cube Cube, Measure Measure) Find(Cube home, Name name, ExpressionSource source)
    {
        if (name.Second is null)
        {
            return (home, Measure(home, name.First, name, source));
        }

        if (!model.Cubes.TryGetValue(name.First, out var cube) || !access.MaySee(cube))
        {
            throw source.Fault(name, home.Roles.TryGetValue(name.First, out var role) && !access.IsHidden(home, role)
                ? $"{name.Text} is a member, and measures are expected here."
                : $"There is no cube \"{name.First}\". {CubeNames.Hint(model, name.First, access)}");
        }

        return (cube, Measure(cube, name.Second, name, source));
    }

    private Measure Measure(Cube cube, string measure, Name name, ExpressionSource source)
    {
        var seen = source is QuerySource ? access : CubeAccess.Everything;
        return cube.Measures.TryGetValue(measure, out var found) && !seen.IsHidden(cube, $"{cube.Name}.{measure}")
            ? found
            : throw source.Fault(name, $"The cube \"{cube.Name}\" has no measure \"{measure}\". {NearNames.Hint(measure, cube.Measures.Keys.Where(known => !seen.IsHidden(cube, $"{cube.Name}.{known}")), "measures")}");
    }
}
