using System.Text.Json;
using Warehouse.Campaigns.Segments;

namespace Warehouse.Verbs.Output;

/// <summary>Segments, memberships and conditions as tables.</summary>
internal static class SegmentListAnswer
{
    private static readonly AnswerColumn[] Counted =
    [
        new("members", "BIGINT", null, ColumnFormat.Count),
        new("value", "DECIMAL(38,4)", null, ColumnFormat.Money),
    ];

    private static readonly AnswerColumn[] Stored =
    [
        new("built_members", "BIGINT", "members built", ColumnFormat.Count),
        new("built_value", "DECIMAL(38,4)", "value built", ColumnFormat.Money),
        new("as_of", "DATE", "built as of"),
        new("built_at", "TIMESTAMPTZ", "built"),
        new("freshness", "VARCHAR"),
    ];

    /// <summary>The segments; with who is in them where they were counted.</summary>
    public static Answer Of(IReadOnlyList<SegmentStanding> standings, int generation, DateOnly? countedAsOf) => new(
        generation,
        countedAsOf,
        "segments",
        [new("segment", "VARCHAR"), .. countedAsOf is null ? [] : Counted, .. Stored, new("description", "VARCHAR")],
        [
            .. standings.Select(standing => (object?[])
            [
                standing.Segment.Name,
                .. countedAsOf is null ? [] : new object?[] { standing.Now?.Members, standing.Now?.Revenue },
                standing.Last?.Members, standing.Last?.Revenue, standing.Last?.AsOf, standing.Last?.BuiltAt, Words(standing.Freshness),
                standing.Segment.Description?.Trim(),
            ]),
        ]);

    /// <summary>The memberships of a segment.</summary>
    public static Answer Of(ShownSegment shown, int generation) => new(
        generation,
        null,
        shown.Definition,
        [
            new("build_key", "INTEGER", "build"), new("as_of", "DATE", "as of"), new("members", "BIGINT", null, ColumnFormat.Count),
            new("value", "DECIMAL(38,4)", null, ColumnFormat.Money), new("built_at", "TIMESTAMPTZ", "built"), new("generation", "INTEGER"), new("definition", "VARCHAR"),
        ],
        [.. shown.Builds.Select(build => new object?[] { build.Key, build.AsOf, build.Members, build.Revenue, build.BuiltAt, build.Generation, build.Definition })]);

    /// <summary>What conditions can ask for.</summary>
    public static Answer Of(IReadOnlyList<SegmentChoice> choices, int generation) => new(
        generation,
        null,
        "conditions",
        [new("condition", "VARCHAR"), new("kind", "VARCHAR"), new("value", "VARCHAR"), new("count", "BIGINT", null, ColumnFormat.Count)],
        [.. choices.Select(choice => new object?[] { choice.Condition, JsonNamingPolicy.CamelCase.ConvertName(choice.Kind.ToString()), choice.Value, choice.Count })]);

    private static string Words(Freshness freshness) => freshness switch
    {
        Freshness.NeverBuilt => "never built",
        Freshness.OtherDefinition => "defined otherwise since",
        Freshness.OlderData => "older than the data",
        _ => "fresh",
    };
}
