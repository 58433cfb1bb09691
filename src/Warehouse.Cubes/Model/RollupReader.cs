using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads <c>rollups</c>. What cannot be aggregated further is refused here, with the reason.</summary>
internal static class RollupReader
{
    public static Dictionary<string, Rollup> ReadAll(
        DefinitionMap cube, IReadOnlyDictionary<string, DimensionRole> roles, IReadOnlyDictionary<string, Measure> measures)
    {
        var rollups = new Dictionary<string, Rollup>(StringComparer.Ordinal);
        foreach (var (name, map) in cube.Named("rollups"))
        {
            name.RequireName();
            rollups.Add(name.Text, new Rollup(
                name.Text,
                map.RequiredTextValue("table").Table(),
                [.. map.Texts("by").Select(text => Member(text, roles)).OfType<Name>()],
                [.. map.Texts("measures").Where(text => IsKept(text, measures)).Select(text => text.Text)]));
        }

        return rollups;
    }

    private static Name? Member(DefinitionText text, IReadOnlyDictionary<string, DimensionRole> roles)
    {
        if (text.Expression().Expression is Name { Second: { } field } member
            && roles.TryGetValue(member.First, out var role) && role.Dimension.Attributes.ContainsKey(field))
        {
            if (!role.IsMany && role.Dimension.Attributes[field].Calculated is null)
            {
                return member;
            }

            text.Fault($"\"{text}\" cannot be kept in a rollup: a fact has any number of them, and would be in it as often.");
            return null;
        }

        var members = roles.Values.SelectMany(role => role.Dimension.Attributes.Keys.Select(field => $"{role.Name}.{field}"));
        text.Fault($"There is no member \"{text}\". {NearNames.Hint(text.Text, members, "members")}");
        return null;
    }

    private static bool IsKept(DefinitionText text, IReadOnlyDictionary<string, Measure> measures)
    {
        if (!measures.TryGetValue(text.Text, out var measure))
        {
            text.Fault($"There is no measure \"{text}\". {NearNames.Hint(text.Text, measures.Keys, "measures")}");
            return false;
        }

        var reason = Refusal(measure);
        if (reason is not null)
        {
            text.Fault($"\"{text}\" cannot be kept in a rollup: {reason}.");
        }

        return reason is null;
    }

    /// <summary>Why a measure cannot be kept in a rollup; null where it can.</summary>
    public static string? Refusal(Measure measure) => measure.Definition switch
    {
        DerivedDefinition => "it is computed of other measures: keep those",
        NestedDefinition => "it is aggregated twice: keep what it is computed of, and its grain",
        SemiAdditiveDefinition => "a balance does not add up over days",
        AggregateDefinition { Kind: AggregateKind.Median or AggregateKind.Percentile } => "it needs every value",
        AggregateDefinition { Kind: AggregateKind.Variance or AggregateKind.StandardDeviation } => "the variances of parts do not give that of the whole",
        AggregateDefinition { Kind: AggregateKind.ApproxCountDistinct } => "approximate counts of parts do not add up: use count_distinct",
        _ => null,
    };
}
