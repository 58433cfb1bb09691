using Warehouse.Analysis.Baskets;

namespace Warehouse.Verbs.Output;

/// <summary>What is bought together, and next, as tables.</summary>
internal sealed class BasketAnswer(CustomerBaskets baskets, int most)
{
    private static readonly AnswerColumn[] RuleColumns =
    [
        new("if", "VARCHAR"),
        new("then", "VARCHAR"),
        new("baskets", "INTEGER", null, ColumnFormat.Count),
        new("support", "DOUBLE", null, ColumnFormat.Share) { Show = Percent },
        new("confidence", "DOUBLE", null, ColumnFormat.Share),
        new("lift", "DOUBLE", null, ColumnFormat.Number) { Show = Short },
        new("leverage", "DOUBLE", null, ColumnFormat.Number) { Show = Short },
        new("conviction", "DOUBLE", null, ColumnFormat.Number) { Show = Short },
        new("p_value", "DOUBLE", "p", ColumnFormat.Number) { Show = Small },
        new("q_value", "DOUBLE", "false discoveries", ColumnFormat.Number) { Show = Small },
    ];

    private static readonly AnswerColumn[] SetColumns =
    [
        new("items", "VARCHAR"),
        new("size", "INTEGER", null, ColumnFormat.Count),
        new("baskets", "INTEGER", null, ColumnFormat.Count),
        new("support", "DOUBLE", null, ColumnFormat.Share) { Show = Percent },
    ];

    private static readonly AnswerColumn[] LikeColumns =
    [
        new("item", "VARCHAR"),
        new("name", "VARCHAR"),
        new("customers", "BIGINT", "bought both", ColumnFormat.Count),
        new("likeness", "DOUBLE", null, ColumnFormat.Number) { Show = Short },
    ];

    private static readonly AnswerColumn[] WantedColumns =
    [
        new("item", "VARCHAR"),
        new("name", "VARCHAR"),
        new("score", "DOUBLE", null, ColumnFormat.Number) { Show = Short },
        new("because", "VARCHAR", "because of"),
    ];

    private static readonly AnswerColumn[] DueColumns =
    [
        new("customer_key", "INTEGER"),
        new("customer_id", "VARCHAR"),
        new("item", "VARCHAR"),
        new("name", "VARCHAR"),
        new("purchases", "BIGINT", null, ColumnFormat.Count),
        new("last_on", "DATE", "last"),
        new("rhythm_days", "DOUBLE", "every days", ColumnFormat.Number) { Show = value => value is double days ? FormattableString.Invariant($"{days:0}") : "" },
        new("next_on", "DATE", "next"),
    ];

    private static readonly AnswerColumn[] EvaluationColumns =
    [
        new("question", "VARCHAR"),
        new("asked", "BIGINT", null, ColumnFormat.Count),
        new("hit_rate", "DOUBLE", "hits", ColumnFormat.Share),
        new("baseline_hit_rate", "DOUBLE", "hits by popularity", ColumnFormat.Share),
        new("difference_from", "DOUBLE", "difference from", ColumnFormat.Share),
        new("difference_to", "DOUBLE", "to", ColumnFormat.Share),
        new("mrr", "DOUBLE", "MRR", ColumnFormat.Number) { Show = Short },
        new("baseline_mrr", "DOUBLE", "MRR by popularity", ColumnFormat.Number) { Show = Short },
    ];

    /// <summary>Whose baskets they are.</summary>
    public string Words => FormattableString.Invariant(
        $"{baskets.Baskets:#,##0} baskets of {baskets.Customers:#,##0} known customers and unknown ones, {baskets.Options.AsOf}; an item is a {baskets.Options.By}");

    public Answer Of(string definition, IReadOnlyList<AssociationRule> rules) => Table(
        RuleColumns,
        rules.Select(rule => new object?[]
        {
            string.Join(" + ", rule.If), rule.Then.ToString(), rule.Baskets, rule.Support, rule.Confidence, rule.Lift, rule.Leverage, rule.Conviction, rule.PValue, rule.QValue,
        }),
        definition);

    public Answer Of(string definition, IReadOnlyList<ItemSet> sets) => Table(
        SetColumns,
        sets.Where(set => set.Items.Count > 1).Select(set => new object?[] { string.Join(" + ", set.Items), set.Items.Count, set.Baskets, set.Support }),
        definition);

    public Answer Of(IReadOnlyList<LikeItem> like) => Table(
        LikeColumns, like.Select(one => new object?[] { one.Item.Id, one.Item.Name, one.Customers, one.Likeness }));

    public Answer Of(IReadOnlyList<Recommendation> wanted) => Table(
        WantedColumns, wanted.Select(one => new object?[] { one.Item.Id, one.Item.Name, one.Score, one.Because }));

    public Answer Of(IReadOnlyList<DuePurchase> due) => Table(
        DueColumns,
        due.Select(one => new object?[] { one.CustomerKey, one.CustomerId, one.Item.Id, one.Item.Name, one.Purchases, one.LastOn, one.RhythmDays, one.NextOn }));

    public Answer Of(RecommendationEvaluation evaluation) => Table(
        EvaluationColumns,
        [
            .. evaluation.Questions.Select(question => new object?[]
            {
                question.Name, question.Customers, question.HitRate, question.PopularityHitRate, question.DifferenceFrom, question.DifferenceTo,
                question.ReciprocalRank, question.PopularityReciprocalRank,
            }),
            .. evaluation.Due is { } due
                ? new[] { new object?[] { "due within 30 days", due.Due, due.HitRate, due.BaseRate, null, null, null, null } }
                : [],
        ]);

    private Answer Table(AnswerColumn[] columns, IEnumerable<object?[]> rows, string? definition = null) =>
        new(baskets.Generation, baskets.Options.AsOf.Date, definition ?? baskets.Definition, columns, [.. rows.Take(most)]) { Words = Words };

    private static string Percent(object? value) => value is double share ? FormattableString.Invariant($"{share:0.00 %}") : "";

    private static string Short(object? value) => value is double number ? FormattableString.Invariant($"{number:0.000}") : "";

    private static string Small(object? value) => value switch
    {
        0d => "< 1e-300",
        double number => FormattableString.Invariant($"{number:0.0e+0}"),
        _ => "",
    };
}
