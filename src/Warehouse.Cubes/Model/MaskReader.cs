using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads <c>masked</c> of a role: by member, « all » or a condition on members of the facts that it is masked of.</summary>
internal static class MaskReader
{
    public static Dictionary<string, SourcedExpression?> Read(DefinitionMap role, IReadOnlyDictionary<string, Cube> cubes)
    {
        var masked = new Dictionary<string, SourcedExpression?>(StringComparer.Ordinal);
        foreach (var (name, condition) in role.Map("masked")?.NamedTexts() ?? [])
        {
            var found = Find(name, cubes);
            if (found is null)
            {
                var known = cubes.Values.SelectMany(cube => cube.Roles.Values).SelectMany(each => each.Dimension.Attributes.Keys.Select(field => $"{each.Name}.{field}"));
                name.Fault($"There is no member \"{name}\". {NearNames.Hint(name.Text, known, "members")}");
            }
            else if (found.Value.Role.Dimension.Attributes[name.Text[(name.Text.IndexOf('.', StringComparison.Ordinal) + 1)..]].Unit is not null)
            {
                name.Fault($"\"{name}\" is a period, and periods are not masked: hide it.");
            }

            masked[name.Text] = string.Equals(condition.Text, AccessReader.All, StringComparison.Ordinal) ? null : Condition(condition, found);
        }

        return masked;
    }

    private static SourcedExpression Condition(DefinitionText text, (Cube Cube, DimensionRole Role)? masked)
    {
        var condition = AccessReader.Fixed(text, masked?.Cube);
        if (masked is { Role: { IsMany: true } role } && ExpressionNames.Of(condition.Expression).Any(name => name.First != role.Name))
        {
            text.Fault($"A fact has several of \"{role.Name}\", so which of them are masked is told by themselves alone.");
        }

        return condition;
    }

    private static (Cube Cube, DimensionRole Role)? Find(DefinitionText name, IReadOnlyDictionary<string, Cube> cubes)
    {
        foreach (var cube in cubes.Values)
        {
            if (cube.Roles.Values.FirstOrDefault(role => role.Dimension.Attributes.Keys.Any(field => $"{role.Name}.{field}" == name.Text)) is { } role)
            {
                return (cube, role);
            }
        }

        return null;
    }
}
