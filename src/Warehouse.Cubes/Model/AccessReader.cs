using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads <c>roles</c>: for each the cubes with « all » or a condition, and what is hidden.</summary>
internal static class AccessReader
{
    public const string All = "all";

    public static void Read(DefinitionMap root, IReadOnlyDictionary<string, Cube> cubes, Dictionary<string, AccessRole> roles)
    {
        foreach (var (name, map) in root.Named("roles"))
        {
            if (!roles.TryAdd(name.Text, new AccessRole(name.Text, Rows(map, cubes), Hidden(map, cubes)) { Masked = MaskReader.Read(map, cubes) }))
            {
                name.Fault($"There is a role \"{name}\" already.");
            }
        }
    }

    private static Dictionary<string, SourcedExpression?> Rows(DefinitionMap map, IReadOnlyDictionary<string, Cube> cubes)
    {
        var rows = new Dictionary<string, SourcedExpression?>(StringComparer.Ordinal);
        foreach (var (cube, condition) in map.RequiredMap("cubes").NamedTexts())
        {
            if (!cubes.ContainsKey(cube.Text))
            {
                cube.Fault($"There is no cube \"{cube}\". {NearNames.Hint(cube.Text, cubes.Keys, "cubes")}");
            }

            rows[cube.Text] = string.Equals(condition.Text, All, StringComparison.Ordinal) ? null : Fixed(condition, cubes.GetValueOrDefault(cube.Text));
        }

        return rows;
    }

    /// <summary>A condition that no question can change: what one may see does not depend on what one asks.</summary>
    public static SourcedExpression Fixed(DefinitionText text, Cube? cube)
    {
        var condition = text.Expression();
        var attributes = ExpressionNames.Of(condition.Expression)
            .Select(name => name.Second is { } field && cube is not null && cube.Roles.TryGetValue(name.First, out var role) ? role.Dimension.Attributes.GetValueOrDefault(field) : null)
            .OfType<DimensionField>();
        if (condition.Expression.Parameters().Concat(attributes.SelectMany(field => field.Value.Expression.Parameters())).FirstOrDefault() is { } parameter)
        {
            text.Fault($"What a role may see cannot depend on the parameter \"{parameter.Name}\", which a question gives.");
        }

        return condition;
    }

    private static HashSet<string> Hidden(DefinitionMap map, IReadOnlyDictionary<string, Cube> cubes)
    {
        var known = cubes.Values.SelectMany(cube => cube.Measures.Keys.Select(measure => $"{cube.Name}.{measure}")
            .Concat(cube.Roles.Values.SelectMany(role => role.Dimension.Attributes.Keys.Select(field => $"{role.Name}.{field}"))))
            .ToHashSet(StringComparer.Ordinal);
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in map.Texts("hidden"))
        {
            if (!known.Contains(name.Text))
            {
                name.Fault($"There is no member or measure \"{name}\". {NearNames.Hint(name.Text, known, "members and measures")}");
            }

            hidden.Add(name.Text);
        }

        return hidden;
    }
}
