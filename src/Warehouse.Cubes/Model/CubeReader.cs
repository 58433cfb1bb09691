using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads a file that defines a cube.</summary>
internal static class CubeReader
{
    public static Cube Read(DefinitionMap map, DefinitionText name, IReadOnlyDictionary<string, Dimension> shared)
    {
        name.RequireName();
        var roles = ReadRoles(map, shared);
        var measures = MeasureReader.ReadAll(map, roles);
        var time = ReadTime(map, roles);
        CheckDays(map, roles, time);
        var cube = new Cube
        {
            Name = name.Text,
            Caption = map.Caption(name.Text),
            Description = map.Text("description"),
            Owner = map.Text("owner"),
            Table = map.RequiredTextValue("table").Table(),
            Key = map.Text("key"),
            KnownAt = map.Text("known_at"),
            History = ReadHistory(map),
            Time = time,
            Roles = roles,
            Measures = measures,
            Rollups = RollupReader.ReadAll(map, roles, measures),
            Filters = ReadFilters(map),
            Details = [.. map.Texts("details").Select(column => column.Text)],
        };
        return cube;
    }

    private static FactHistory? ReadHistory(DefinitionMap map)
    {
        if (map.Map("history") is not { } history)
        {
            return null;
        }

        if (!map.Has("known_at"))
        {
            map.Fault("history", "\"known_at\" is missing: from when on a version was taken for true.");
        }

        return new FactHistory(history.RequiredTextValue("table").Table(), history.RequiredText("until"));
    }

    private static Dictionary<string, DimensionRole> ReadRoles(DefinitionMap map, IReadOnlyDictionary<string, Dimension> shared)
    {
        var roles = new Dictionary<string, DimensionRole>(StringComparer.Ordinal);
        if (map.Map("dimensions") is not { } parts)
        {
            return roles;
        }

        foreach (var key in parts.Keys)
        {
            var name = parts.Key(key);
            name.RequireName();
            if (RoleReader.Read(name, parts, shared) is { } role)
            {
                roles.Add(key, role);
            }
        }

        return roles;
    }

    private static string? ReadTime(DefinitionMap map, Dictionary<string, DimensionRole> roles)
    {
        var times = roles.Values.Where(role => role.Dimension.Calendar is not null).Select(role => role.Name).ToArray();
        if (map.TextValue("time") is not { } declared)
        {
            return times.FirstOrDefault();
        }

        if (!times.Contains(declared.Text, StringComparer.Ordinal))
        {
            declared.Fault($"\"{declared}\" is no time dimension of this cube. {NearNames.Hint(declared.Text, times, "time dimensions")}");
        }

        return declared.Text;
    }

    /// <summary>Facts meet the snapshots of their day: they have to have one.</summary>
    private static void CheckDays(DefinitionMap map, Dictionary<string, DimensionRole> roles, string? time)
    {
        foreach (var role in roles.Values.Where(role => role is { IsThen: true, Dimension.Snapshots: not null }))
        {
            var by = role.By ?? time;
            if (by is null || !roles.TryGetValue(by, out var days) || days.Dimension.Calendar is null)
            {
                var times = roles.Values.Where(other => other.Dimension.Calendar is not null).Select(other => other.Name);
                map.RequiredMap("dimensions").Key(role.Name).Fault($"\"{role.Name}\" is as of the fact's day, and {(by is null ? "this cube has no time dimension" : $"\"{by}\" is no time dimension of this cube")}. {NearNames.Hint(by ?? "", times, "time dimensions")}");
            }
        }
    }

    private static Dictionary<string, SourcedExpression> ReadFilters(DefinitionMap map)
    {
        var filters = new Dictionary<string, SourcedExpression>(StringComparer.Ordinal);
        foreach (var (name, text) in map.Map("filters")?.NamedTexts() ?? [])
        {
            name.RequireName();
            filters.Add(name.Text, text.Expression());
        }

        return filters;
    }
}
