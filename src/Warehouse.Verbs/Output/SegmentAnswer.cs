using Warehouse.Campaigns.Segments;

namespace Warehouse.Verbs.Output;

/// <summary>The members of a segment as a table.</summary>
internal static class SegmentAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("customer_key", "INTEGER", "key"),
        new("customer_id", "VARCHAR", "customer"),
        new("country", "VARCHAR"),
        new("recency_days", "INTEGER", "days since", ColumnFormat.Count),
        new("orders", "BIGINT", null, ColumnFormat.Count),
        new("value", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("reason", "VARCHAR"),
    ];

    /// <summary>The members.</summary>
    public static Answer Of(SegmentMembers members) => Of(members.Generation, members.AsOf.Date, members.Segment.Hash, members.Members);

    /// <summary>The examples of a preview.</summary>
    public static Answer Of(SegmentPreview preview) => Of(preview.Generation, preview.AsOf, preview.Definition, preview.Examples);

    private static Answer Of(int generation, DateOnly asOf, string definition, IReadOnlyList<SegmentMember> members) => new(
        generation,
        asOf,
        definition,
        Columns,
        [
            .. members.Select(member => new object?[]
            {
                member.CustomerKey, member.CustomerId, member.Country, member.RecencyDays, member.Orders, member.Value, member.Reason,
            }),
        ]);

    private static readonly AnswerColumn[] MoveColumns =
    [
        new("customer_key", "INTEGER"),
        new("customer_id", "VARCHAR"),
        new("move", "VARCHAR"),
        new("value", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("reason", "VARCHAR"),
    ];

    /// <summary>Who joined and who left.</summary>
    public static Answer Of(SegmentMoves moves) => new(
        moves.Generation,
        moves.To.Date,
        moves.Segment.Hash,
        MoveColumns,
        [
            .. moves.Moves.Select(move => new object?[]
            {
                move.CustomerKey, move.CustomerId, move.HasJoined ? "joined" : "left", move.Value, move.Reason,
            }),
        ]);
}
