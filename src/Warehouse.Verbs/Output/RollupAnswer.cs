using Warehouse.Cubes.Rollups;

namespace Warehouse.Verbs.Output;

/// <summary>Rollups that are proposed, as a table.</summary>
internal static class RollupAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("cube", "VARCHAR"),
        new("questions", "INTEGER", null, ColumnFormat.Count),
        new("milliseconds", "DOUBLE", "took ms", ColumnFormat.Count),
        new("rows", "BIGINT", null, ColumnFormat.Count),
        new("facts", "BIGINT", null, ColumnFormat.Count),
        new("definition", "VARCHAR", "to be put under rollups of the cube"),
    ];

    public static Answer Of(IReadOnlyList<RollupSuggestion> suggestions, int generation, string definition) => new(
        generation,
        null,
        definition,
        Columns,
        [.. suggestions.Select(rollup => new object?[] { rollup.Cube, rollup.Questions, rollup.Milliseconds, rollup.Rows, rollup.Facts, rollup.Definition })]);
}
