using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Looks measures up, by their name in the cube at hand or by <c>cube.measure</c>.</summary>
internal static class MeasureNames
{
    public static (Cube Cube, Measure Measure) Find(CubeModel model, Cube home, Name name, ExpressionSource source)
    {
        if (name.Second is null)
        {
            return (home, Measure(home, name.First, name, source));
        }

        if (!model.Cubes.TryGetValue(name.First, out var cube))
        {
            throw source.Fault(name, home.Roles.ContainsKey(name.First)
                ? $"{name.Text} is a member, and measures are expected here."
                : $"There is no cube \"{name.First}\". {NearNames.Hint(name.First, model.Cubes.Keys, "cubes")}");
        }

        return (cube, Measure(cube, name.Second, name, source));
    }

    private static Measure Measure(Cube cube, string measure, Name name, ExpressionSource source) =>
        cube.Measures.TryGetValue(measure, out var found)
            ? found
            : throw source.Fault(name, $"The cube \"{cube.Name}\" has no measure \"{measure}\". {NearNames.Hint(measure, cube.Measures.Keys, "measures")}");
}
