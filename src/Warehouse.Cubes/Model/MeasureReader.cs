using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads <c>measures</c>. A measure says what it is by one key: sum, count, count_distinct, …, last, first, average, is.</summary>
internal static class MeasureReader
{
    private static readonly Dictionary<string, AggregateKind> Aggregates = new(StringComparer.Ordinal)
    {
        ["sum"] = AggregateKind.Sum,
        ["count"] = AggregateKind.Count,
        ["min"] = AggregateKind.Min,
        ["max"] = AggregateKind.Max,
        ["avg"] = AggregateKind.Avg,
        ["count_distinct"] = AggregateKind.CountDistinct,
        ["approx_count_distinct"] = AggregateKind.ApproxCountDistinct,
        ["median"] = AggregateKind.Median,
        ["percentile"] = AggregateKind.Percentile,
        ["variance"] = AggregateKind.Variance,
        ["standard_deviation"] = AggregateKind.StandardDeviation,
    };

    private static readonly Dictionary<string, SemiAdditiveKind> Balances = new(StringComparer.Ordinal)
    {
        ["last"] = SemiAdditiveKind.Last,
        ["first"] = SemiAdditiveKind.First,
        ["average"] = SemiAdditiveKind.Average,
    };

    private static readonly string[] Kinds = [.. Aggregates.Keys, .. Balances.Keys, "is"];

    public static Dictionary<string, Measure> ReadAll(DefinitionMap cube, IReadOnlyDictionary<string, DimensionRole> roles)
    {
        var measures = new Dictionary<string, Measure>(StringComparer.Ordinal);
        foreach (var (name, map) in cube.Named("measures"))
        {
            name.RequireName();
            measures.Add(name.Text, new Measure
            {
                Name = name.Text,
                Caption = map.Caption(name.Text),
                Definition = ReadDefinition(name, map, roles),
                Format = map.Text("format"),
                Unit = map.Text("unit"),
                Description = map.Text("description"),
                Owner = map.Text("owner"),
            });
        }

        DerivedMeasures.Check(measures);
        return measures;
    }

    private static MeasureDefinition ReadDefinition(DefinitionText name, DefinitionMap map, IReadOnlyDictionary<string, DimensionRole> roles)
    {
        var kinds = Kinds.Where(map.Has).ToArray();
        if (kinds.Length != 1)
        {
            name.Fault(kinds.Length == 0
                ? $"\"{name}\" does not say what it measures: expected one of {string.Join(", ", Kinds)}."
                : $"\"{name}\" measures one thing, and here are {string.Join(" and ", kinds)}.");
            return new AggregateDefinition(AggregateKind.Count, null, null);
        }

        var kind = kinds[0];
        var text = map.RequiredTextValue(kind);
        if (kind is "is")
        {
            return new DerivedDefinition(text.Expression());
        }

        if (map.Has("include"))
        {
            return Nested(kind, text, map);
        }

        var where = map.Expression("where");
        return Balances.TryGetValue(kind, out var take)
            ? new SemiAdditiveDefinition(take, text.Expression(), ReadOver(map, roles), map.Expression("per"), where)
            : Aggregate(Aggregates[kind], text, map, where, roles);
    }

    private static AggregateDefinition Aggregate(
        AggregateKind kind, DefinitionText text, DefinitionMap map, SourcedExpression? where, IReadOnlyDictionary<string, DimensionRole> roles)
    {
        var at = At(kind, map);
        var isMembers = kind is AggregateKind.CountDistinct or AggregateKind.ApproxCountDistinct && roles.ContainsKey(text.Text);
        if (isMembers)
        {
            RequireMembers(text, roles[text.Text]);
        }

        var isRows = kind == AggregateKind.Count && string.Equals(text.Text, "rows", StringComparison.Ordinal);
        return new AggregateDefinition(kind, isMembers || isRows ? null : text.Expression(), where)
        {
            Role = isMembers ? text.Text : null,
            At = at,
        };
    }

    private static decimal? At(AggregateKind kind, DefinitionMap map)
    {
        var at = kind == AggregateKind.Percentile ? map.Number("at", 0, 1) : null;
        if (kind == AggregateKind.Percentile && at is null)
        {
            map.Fault("percentile", "\"at\" is missing: which percentile, from 0 to 1.");
        }

        return at;
    }

    /// <summary>An aggregate over a finer grain: its value is an expression over measures, not over columns.</summary>
    private static NestedDefinition Nested(string kind, DefinitionText text, DefinitionMap map)
    {
        if (!Aggregates.TryGetValue(kind, out var aggregate) || aggregate == AggregateKind.ApproxCountDistinct)
        {
            map.Fault("include", $"« {kind} » takes no finer grain: expected one of {string.Join(", ", Aggregates.Keys.Where(name => Aggregates[name] != AggregateKind.ApproxCountDistinct))}.");
        }

        var include = new List<Name>();
        foreach (var member in map.Texts("include"))
        {
            if (member.Expression().Expression is Name name)
            {
                include.Add(name);
            }
            else
            {
                member.Fault($"\"{member}\" is no dimension and no member, like customer or date.month.");
            }
        }

        return new NestedDefinition(aggregate, text.Expression(), include) { At = At(aggregate, map) };
    }

    private static void RequireMembers(DefinitionText text, DimensionRole role)
    {
        if (role.On is null)
        {
            text.Fault($"\"{text}\" has no key to count: name the column.");
        }
        else if (role.IsMany)
        {
            text.Fault($"A fact has any number of members of \"{text}\": count them in a cube of the pairs.");
        }
        else if (role.IsThen)
        {
            text.Fault($"\"{text}\" refers to versions: counting them would count a member more than once. Name the role that refers to members.");
        }
    }

    private static string ReadOver(DefinitionMap map, IReadOnlyDictionary<string, DimensionRole> roles)
    {
        var over = map.RequiredTextValue("over");
        var times = roles.Values.Where(role => role.Dimension.Calendar is not null).Select(role => role.Name).ToArray();
        if (over.Text.Length > 0 && !times.Contains(over.Text, StringComparer.Ordinal))
        {
            over.Fault($"\"{over}\" is no time dimension of this cube. {NearNames.Hint(over.Text, times, "time dimensions")}");
        }

        return over.Text;
    }
}
