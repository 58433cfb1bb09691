using System.Text.Json;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Metamorphic;

internal enum MemberType
{
    Text,
    Number,
    Flag,
    Day,
    Period,
}

/// <summary>An attribute of a dimension; of a period the expression is its unit.</summary>
internal sealed record StarAttribute(string Name, string Expression, MemberType Type)
{
    public Expression Parsed { get; } = Text.Parse(Expression);

    /// <summary>Whether it is told by the way down a tree.</summary>
    public bool IsOfTree { get; init; }
}

/// <summary>A dimension as a cube uses it. A degenerate one has no table.</summary>
internal sealed record StarRole(string Name, string Dimension, string? On, StarTable? Table, string? Key, IReadOnlyList<StarAttribute> Attributes)
{
    public object? Unknown { get; init; }

    public bool IsVersioned { get; init; }

    public bool IsThen { get; init; }

    public bool IsOptional { get; init; }

    /// <summary>The pairs of references and members, « from » and « to », where a fact has several.</summary>
    public StarTable? Pairs { get; init; }

    /// <summary>Whether its members stand above each other by « parent ».</summary>
    public bool IsTree { get; init; }

    public bool IsRolledUp { get; init; }

    public bool IsMany => Pairs is not null || IsRolledUp;
}

/// <summary>An aggregate of facts.</summary>
internal sealed record StarMeasure(string Name, string Kind, string Value)
{
    public string? Where { get; init; }

    public string? Over { get; init; }

    public string? Per { get; init; }

    public decimal? At { get; init; }

    /// <summary>Whether the parts of a partition add up to the whole.</summary>
    public bool IsAdditive => Kind is "sum" or "count";

    /// <summary>The role whose known members are counted.</summary>
    public string? Role { get; init; }

    /// <summary>What is aggregated; null for rows and members.</summary>
    public Expression? Operand => Role is not null || Value is "rows" ? null : Text.Parse(Value);

    public Expression? Condition => Where is null ? null : Text.Parse(Where);

    public object Yaml()
    {
        var map = new Dictionary<string, object>(StringComparer.Ordinal) { [Kind] = Value };
        void Add(string key, object? value)
        {
            if (value is not null)
            {
                map[key] = value;
            }
        }

        Add("where", Where);
        Add("over", Over);
        Add("per", Per);
        Add("at", At);
        return map;
    }
}

/// <summary>A cube over one fact table.</summary>
internal sealed record StarCube(
    string Name, StarTable Table, IReadOnlyList<StarRole> Roles, IReadOnlyList<StarMeasure> Measures, IReadOnlyList<(string Name, string Value)> Derived)
{
    public IEnumerable<string> Measured => Measures.Select(measure => measure.Name).Concat(Derived.Select(derived => derived.Name));

    public StarRole Role(string name) => Roles.First(role => role.Name == name);
}

/// <summary>A rollup of a star's first cube.</summary>
internal sealed record StarRollup(string Name, IReadOnlyList<string> By, IReadOnlyList<string> Measures);

/// <summary>A random star: two cubes over shared dimensions, in memory and as SQL and YAML.</summary>
internal sealed record Star(StarCube Home, StarCube Other, int FiscalStart, string Restriction)
{
    public IReadOnlyList<StarRollup> Rollups { get; init; } = [];

    /// <summary>The star as a rollup has it: what it keeps, and nothing else.</summary>
    public Star Kept(StarRollup rollup) => this with
    {
        Home = Home with
        {
            Roles = [.. Home.Roles
                .Select(role => role with { Attributes = [.. role.Attributes.Where(attribute => rollup.By.Contains(Member(role, attribute), StringComparer.Ordinal))] })
                .Where(role => role.Attributes.Count > 0)],
            Measures = [.. Home.Measures.Where(measure => rollup.Measures.Contains(measure.Name, StringComparer.Ordinal))],
            Derived = [],
        },
    };

    /// <summary>The member of which the role <see cref="Blind"/> does not see the values of facts that it is restricted from.</summary>
    public string? Masked { get; init; }

    /// <summary>The name of the role that sees all facts, and a mask in the place of some values.</summary>
    public const string Blind = "blind";

    /// <summary>The name of the role that sees a part of the facts.</summary>
    public const string Restricted = "restricted";

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Member(StarRole role, StarAttribute attribute) => $"{Quote(role.Name)}.{Quote(attribute.Name)}";

    public string Sql(int batch) => string.Concat(Tables().Select(table => table.Sql(batch)));

    public override string ToString() => $"{string.Join("\n", Yaml())}\n{Sql(1)}";

    public string[] Yaml()
    {
        var shared = Home.Roles.Where(role => role.Table is not null).DistinctBy(role => role.Dimension).ToDictionary(role => role.Dimension, Dimension);
        return
        [
            JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal) { ["dimensions"] = shared }),
            Cube(Home, Rollups),
            Cube(Other, []),
            JsonSerializer.Serialize(new
            {
                roles = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    [Restricted] = new { cubes = new Dictionary<string, object>(StringComparer.Ordinal) { [Home.Name] = Restriction } },
                    [Blind] = new
                    {
                        cubes = new Dictionary<string, object>(StringComparer.Ordinal) { [Home.Name] = "all" },
                        masked = Masked is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new(StringComparer.Ordinal) { [Plain(Masked)] = Restriction },
                    },
                },
            }),
        ];
    }

    private static string Plain(string member)
    {
        var name = (Name)Text.Parse(member);
        return $"{name.First}.{name.Second}";
    }

    /// <summary>The same star with another fact table of its first cube.</summary>
    public Star With(IReadOnlyList<object?[]> facts) => this with { Home = Home with { Table = Home.Table with { Rows = facts } } };

    private IEnumerable<StarTable> Tables() =>
        Home.Roles.SelectMany(role => new[] { role.Table, role.Pairs }).OfType<StarTable>().DistinctBy(table => table.Name).Append(Home.Table).Append(Other.Table);

    private object Dimension(StarRole role)
    {
        var map = new Dictionary<string, object>(StringComparer.Ordinal) { ["table"] = role.Table!.Name, ["key"] = role.Key! };
        if (role.Unknown is { } unknown)
        {
            map["unknown"] = unknown is DateOnly day ? day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : unknown;
        }

        if (role.IsVersioned)
        {
            map["versions"] = new { key = "version", from = "from_time", to = "to_time", current = "is_current" };
        }

        if (role.Attributes.Any(attribute => attribute.Type == MemberType.Period))
        {
            map["time"] = new { fiscal_year_starts = FiscalStart };
        }

        if (role.IsTree)
        {
            map["parent"] = new { column = "parent", label = "name", levels = RandomStar.Levels };
        }

        map["attributes"] = Attributes(role);
        return map;
    }

    private static Dictionary<string, string> Attributes(StarRole role) =>
        role.Attributes.Where(attribute => attribute.Type != MemberType.Period && !attribute.IsOfTree).ToDictionary(attribute => attribute.Name, attribute => attribute.Expression);

    private static string Cube(StarCube cube, IReadOnlyList<StarRollup> rollups)
    {
        object Role(StarRole role) => role.Table is null ? new { attributes = Attributes(role) }
            : role.Pairs is { } pairs ? new { dimension = role.Dimension, on = role.On, bridge = new { table = pairs.Name, from = "from", to = "to" } }
            : role.IsRolledUp ? new { dimension = role.Dimension, on = role.On, @as = "rolled_up" }
            : role.IsThen ? new { dimension = role.Dimension, on = role.On, @as = "then" }
            : new { dimension = role.Dimension, on = role.On, optional = role.IsOptional };

        var measures = cube.Measures.ToDictionary(measure => measure.Name, measure => measure.Yaml());
        foreach (var (name, value) in cube.Derived)
        {
            measures.Add(name, new Dictionary<string, object>(StringComparer.Ordinal) { ["is"] = value });
        }

        return JsonSerializer.Serialize(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["cube"] = cube.Name,
            ["table"] = cube.Table.Name,
            ["key"] = "id",
            ["known_at"] = "known",
            ["dimensions"] = cube.Roles.ToDictionary(role => role.Name, Role),
            ["measures"] = measures,
            ["details"] = new[] { "id" },
            ["rollups"] = rollups.ToDictionary(rollup => rollup.Name, rollup => new { table = $"rolled_{rollup.Name}", by = rollup.By, measures = rollup.Measures }),
        });
    }
}

internal static class Text
{
    private static readonly Dictionary<string, Expression> Known = new(StringComparer.Ordinal);
    private static readonly Lock Gate = new();

    /// <summary>The expression of a text, read once.</summary>
    public static Expression Parse(string text)
    {
        lock (Gate)
        {
            return Known.TryGetValue(text, out var expression) ? expression : Known[text] = QueryExpression.Parse("test", text).Expression;
        }
    }
}
