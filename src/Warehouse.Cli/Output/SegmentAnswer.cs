using Warehouse.Campaigns.Segments;

namespace Warehouse.Cli.Output;

/// <summary>The members of a segment as a table.</summary>
internal static class SegmentAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("customer_key", "INTEGER", "key"),
        new("customer_id", "VARCHAR", "customer"),
        new("country", "VARCHAR"),
        new("recency_days", "INTEGER", "days since", ColumnFormat.Count),
        new("frequency", "BIGINT", "orders", ColumnFormat.Count),
        new("monetary", "DECIMAL(38,4)", "value", ColumnFormat.Money),
        new("reason", "VARCHAR"),
    ];

    /// <summary>The members, at most as many as wanted.</summary>
    public static Answer Of(SegmentMembers members, int most = int.MaxValue) => new(
        members.Scores.Generation,
        members.Scores.AsOf.Date,
        members.Segment.Hash,
        Columns,
        [
            .. members.Members.Take(most).Select(member => new object?[]
            {
                member.Scores.CustomerKey, member.Scores.CustomerId, member.Country, member.Scores.RecencyDays, member.Scores.Frequency,
                member.Scores.Monetary, member.Reason,
            }),
        ]);
}
