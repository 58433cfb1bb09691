using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Looks cubes up. One that the asker may not see is as one that is not there.</summary>
internal static class CubeNames
{
    public static Cube Find(CubeModel model, string name, CubeAccess access) =>
        model.Cubes.TryGetValue(name, out var cube) && access.MaySee(cube)
            ? cube
            : throw new WrongCommandException($"There is no cube \"{name}\". {Hint(model, name, access)}");

    public static string Hint(CubeModel model, string name, CubeAccess access) =>
        NearNames.Hint(name, model.Cubes.Values.Where(access.MaySee).Select(cube => cube.Name), "cubes");
}
