using Warehouse.Charts;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>Lifecycle stages, and the moves between them, as reports.</summary>
public static class LifecycleCharts
{
    /// <summary>Where those come from, or go to, who were not known on one of two dates.</summary>
    public const string NotKnown = "not known";

    /// <summary>The stages of one date.</summary>
    public static Report Of(LifecycleResult result) => new(
        "Lifecycle stages", Origin(result), [Stages(result), Deeds(result)], result.Notes);

    /// <summary>The stages of a date and who moved into them since an earlier one.</summary>
    public static Report Of(StageTransitions moved) => new(
        "Lifecycle transitions",
        Origin(moved.After),
        [Moves(moved), Stages(moved.After), Deeds(moved.After)],
        [$"Compared with {moved.Before.AsOf}.", .. moved.After.Notes]);

    private static ReportOrigin Origin(LifecycleResult result) => new(result.AsOf.Date, result.Generation, result.Words, result.Definition);

    private static FlowChart Moves(StageTransitions moved) => new(
        "Who moved from which stage to which",
        FormattableString.Invariant($"{moved.Before.AsOf.Date:yyyy-MM-dd}"),
        FormattableString.Invariant($"{moved.After.AsOf.Date:yyyy-MM-dd}"),
        new Axis("customers", ValueFormat.Count),
        [.. moved.Moves.Select(move => new Flow(move.From ?? NotKnown, move.To ?? NotKnown, move.Customers))])
    {
        Description = "A ribbon is as wide as the customers on it are many; those who stayed are among them.",
    };

    private static BarChart Stages(LifecycleResult result) => new(
        "Stages",
        "stage",
        new Axis("customers", ValueFormat.Count),
        [.. result.Stages.Select(stage => stage.Stage.Name)],
        [new BarSeries("customers", [.. result.Stages.Select(stage => (double?)stage.Customers)])])
    {
        IsHorizontal = true,
    };

    private static ReportPart Deeds(LifecycleResult result) => ReportPart.Of(
        "What the business does",
        new ChartTable(
            [new("stage"), new("who"), new("what is done")],
            [.. result.Stages.Select(stage => (IReadOnlyList<object?>)[stage.Stage.Name, stage.Stage.Meaning, stage.Stage.Does])]));
}
