using Warehouse.Analysis.Lifecycle;

namespace Warehouse.Verbs.Output;

/// <summary>Lifecycle stages, the moves between them, and everybody's stage, as tables.</summary>
internal static class LifecycleAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("stage", "VARCHAR"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("share", "DECIMAL(38,6)", "of customers", ColumnFormat.Share),
        new("orders", "BIGINT", null, ColumnFormat.Count),
        new("mean_overdue", "DOUBLE", "intervals ago", ColumnFormat.Number) { Show = value => value is double number ? FormattableString.Invariant($"{number:0.0}") : "" },
        new("does", "VARCHAR", "what the business does"),
    ];

    private static readonly AnswerColumn[] MoveColumns =
    [
        new("stage_before", "VARCHAR", "from"),
        new("stage_after", "VARCHAR", "to"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("share_of_before", "DECIMAL(38,6)", "of those before", ColumnFormat.Share),
    ];

    private static readonly AnswerColumn[] CustomerColumns =
    [
        new("customer_key", "INTEGER"),
        new("customer_id", "VARCHAR"),
        new("stage", "VARCHAR"),
        new("reason", "VARCHAR"),
    ];

    public static Answer Of(LifecycleResult result) => new(
        result.Generation,
        result.AsOf.Date,
        result.Definition,
        Columns,
        [
            .. result.Stages.Select(stage => new object?[]
            {
                stage.Stage.Name, stage.Customers, stage.Share is { } share ? decimal.Round(share, 6) : null, stage.Orders, stage.MeanOverdue, stage.Stage.Does,
            }),
        ])
    {
        Words = result.Words,
    };

    public static Answer Of(StageTransitions moved)
    {
        var before = moved.Moves.GroupBy(move => move.From ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(move => move.Customers), StringComparer.Ordinal);
        return new Answer(
            moved.After.Generation,
            moved.After.AsOf.Date,
            moved.After.Definition,
            MoveColumns,
            [
                .. moved.Moves.Select(move => new object?[]
                {
                    move.From, move.To, move.Customers,
                    move.From is null ? null : decimal.Round((decimal)move.Customers / before[move.From], 6),
                }),
            ])
        {
            Words = moved.After.Words,
        };
    }

    public static async Task<Answer> CustomersAsync(CustomerStages stages, string? stage, CancellationToken stop)
    {
        var rows = new List<object?[]>();
        await foreach (var customer in stages.CustomersAsync(stop).Where(customer => stage is null || customer.Stage == stage))
        {
            rows.Add(Row(customer));
        }

        return Customers(stages.Result, rows);
    }

    public static Answer CustomersOf(StageMovers movers) => Customers(movers.After, [.. movers.Customers.Select(Row)]);

    private static object?[] Row(StagedCustomer customer) => [customer.CustomerKey, customer.CustomerId, customer.Stage, customer.Reason.ToString()];

    private static Answer Customers(LifecycleResult result, IReadOnlyList<object?[]> rows) =>
        new(result.Generation, result.AsOf.Date, result.Definition, CustomerColumns, rows) { Words = result.Words };
}
