using System.Security.Cryptography;
using System.Text;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>
/// Reads the files of a model. A file with a <c>cube</c> defines that cube; any other defines shared dimensions and roles.
/// Faults of all files are collected and thrown together.
/// </summary>
internal static class ModelReader
{
    public static CubeModel Read(IReadOnlyList<DefinitionFile> files)
    {
        var dimensions = new Dictionary<string, Dimension>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => !file.Root.Has("cube")))
        {
            foreach (var (name, map) in file.Root.Named("dimensions"))
            {
                if (!dimensions.TryAdd(name.Text, DimensionReader.Shared(name, map)))
                {
                    name.Fault($"There is a dimension \"{name}\" already.");
                }
            }
        }

        var cubes = new Dictionary<string, Cube>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => file.Root.Has("cube")))
        {
            var name = file.Root.RequiredTextValue("cube");
            if (!cubes.TryAdd(name.Text, CubeReader.Read(file.Root, name, dimensions)))
            {
                name.Fault($"There is a cube \"{name}\" already.");
            }
        }

        var roles = new Dictionary<string, AccessRole>(StringComparer.Ordinal);
        foreach (var file in files.Where(file => !file.Root.Has("cube")))
        {
            AccessReader.Read(file.Root, cubes, roles);
        }

        var parameters = new Dictionary<string, ModelParameter>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            ParameterReader.Read(file.Root, parameters);
        }

        ThrowIfFaulty(files);
        return new CubeModel(dimensions, cubes, roles, parameters, Hash(files));
    }

    private static void ThrowIfFaulty(IReadOnlyList<DefinitionFile> files)
    {
        var faults = new List<DefinitionFault>();
        foreach (var file in files)
        {
            try
            {
                file.ThrowIfFaulty();
            }
            catch (DefinitionException exception)
            {
                faults.AddRange(exception.Faults);
            }
        }

        if (faults.Count > 0)
        {
            throw new DefinitionException(faults);
        }
    }

    private static string Hash(IReadOnlyList<DefinitionFile> files)
    {
        var texts = files
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => $"{file.Name}\n{file.Hash}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(texts))));
    }
}
