using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Definitions;

namespace Warehouse.Cubes;

/// <summary>All cubes of a workspace and the dimensions that they share. Immutable.</summary>
public sealed class CubeModel
{
    internal CubeModel(
        IReadOnlyDictionary<string, Dimension> dimensions,
        IReadOnlyDictionary<string, Cube> cubes,
        IReadOnlyDictionary<string, AccessRole> roles,
        IReadOnlyDictionary<string, ModelParameter> parameters,
        string hash) => (Dimensions, Cubes, Roles, Parameters, Hash) = (dimensions, cubes, roles, parameters, hash);

    /// <summary>The shared dimensions by name.</summary>
    public IReadOnlyDictionary<string, Dimension> Dimensions { get; }

    /// <summary>The cubes by name.</summary>
    public IReadOnlyDictionary<string, Cube> Cubes { get; }

    /// <summary>What people may see, by role; see <see cref="CubeAccess"/>.</summary>
    public IReadOnlyDictionary<string, AccessRole> Roles { get; }

    /// <summary>What questions may give, by name.</summary>
    public IReadOnlyDictionary<string, ModelParameter> Parameters { get; }

    /// <summary>SHA-256 over the names and texts of the files, in hexadecimal: what results name as their definition.</summary>
    public string Hash { get; }

    /// <summary>Reads <c>cubes/*.yaml</c> of a workspace. No database is touched: whether tables and columns exist shows when they are asked.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <exception cref="UserFaultException">There is none, or it cannot be read.</exception>
    /// <exception cref="DefinitionException">Something in it is wrong; all faults of all files are listed.</exception>
    public static CubeModel Load(string workspace)
    {
        var folder = Path.Combine(workspace, "cubes");
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml") : [];
        if (paths.Length == 0)
        {
            throw new UserFaultException($"There are no cubes: no file {Path.Combine(folder, "*.yaml")}.");
        }

        var files = paths
            .Order(StringComparer.Ordinal)
            .Select(path => DefinitionFile.Load(path, $"cubes/{Path.GetFileName(path)}"))
            .ToArray();
        return ModelReader.Read(files);
    }

    /// <summary>Reads a model of texts, each with the name that faults call it by.</summary>
    /// <exception cref="DefinitionException">Something in it is wrong.</exception>
    public static CubeModel Parse(params IEnumerable<(string Name, string Text)> files) =>
        ModelReader.Read([.. files.Select(file => DefinitionFile.Parse(file.Text, file.Name))]);

    /// <summary>
    /// The same cubes, where every dimension with a table has an attribute more: its members' key. For programs that join answers to the
    /// table, for a member's key is its own where a name may be shared.
    /// </summary>
    /// <param name="attribute">What it is called; an attribute of that name gives way.</param>
    public CubeModel WithKeys(string attribute)
    {
        Dimension Keyed(Dimension dimension) => dimension.Key is not { } key
            ? dimension
            : dimension with
            {
                Attributes = new Dictionary<string, DimensionField>(dimension.Attributes, StringComparer.Ordinal)
                {
                    [attribute] = new()
                    {
                        Name = attribute,
                        Caption = Caption.OfName(attribute),
                        Value = new SourcedExpression(new Name(key), new QuerySource(attribute, key)),
                    },
                },
            };

        return new CubeModel(
            Dimensions.ToDictionary(named => named.Key, named => Keyed(named.Value), StringComparer.Ordinal),
            Cubes.ToDictionary(
                named => named.Key,
                named => named.Value with
                {
                    Roles = named.Value.Roles.ToDictionary(role => role.Key, role => role.Value with { Dimension = Keyed(role.Value.Dimension) }, StringComparer.Ordinal),
                },
                StringComparer.Ordinal),
            Roles,
            Parameters,
            Hash);
    }

    /// <summary>The cube of a name.</summary>
    /// <exception cref="WrongCommandException">There is none; near names are given.</exception>
    public Cube Cube(string name) => Cubes.TryGetValue(name, out var cube)
        ? cube
        : throw new WrongCommandException($"There is no cube \"{name}\". {NearNames.Hint(name, Cubes.Keys, "cubes")}");
}
