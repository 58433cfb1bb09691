using Warehouse.DuckDb;
using Warehouse.SampleData.Dirt;

namespace Warehouse.SampleData.Tables;

/// <param name="Row">Of the touches in their order without faults, from 1.</param>
internal readonly record struct TouchFaultRow(long Row, string Kind) : IParquetRow
{
    private const int PerMillion = 250;

    /// <summary>The kinds of faults, and what comes of them. <c>Sql/touches.sql</c> makes them.</summary>
    public static IReadOnlyList<(string Kind, Outcome Outcome)> Kinds { get; } =
    [
        ("missing_customer", Outcome.Reject),
        ("unknown_customer", Outcome.Keep),
        ("unknown_campaign", Outcome.Keep),
        ("exact_duplicate", Outcome.Duplicate),
    ];

    public static IEnumerable<TouchFaultRow> Draw(int seed, int dataSet, long rows) =>
        FaultPlan.Draw(seed, dataSet, rows, [.. Kinds.Select(_ => PerMillion)])
            .Select(fault => new TouchFaultRow(fault.Row + 1, Kinds[fault.Kind].Kind));

    public void AppendTo(DuckDBAppenderRow row) => row.AppendValue(Row).AppendValue(Kind);
}
