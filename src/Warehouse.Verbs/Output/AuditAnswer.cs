using Warehouse.Cubes.Results;

namespace Warehouse.Verbs.Output;

/// <summary>What cubes declare of the data, as an answer: a row for each rule.</summary>
internal static class AuditAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("cube", "VARCHAR"),
        new("rule", "VARCHAR"),
        new("offenders", "BIGINT", null, ColumnFormat.Count),
    ];

    public static Answer Of(IReadOnlyList<AuditFinding> findings, int generation, string definition) =>
        new(generation, null, definition, Columns, [.. findings.Select(finding => new object?[] { finding.Cube, finding.Rule, finding.Offenders })]);
}
