using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Star;

/// <summary>
/// A fact of the star and what makes two of its rows the same. Beside <c>star.fact_NAME</c> stand
/// <c>star.fact_NAME_history</c> and <c>star.NAME_deletion</c>; a load's rows are <c>temp.NAME_line</c> as the source
/// says them and <c>temp.NAME_row</c> as the star holds them.
/// </summary>
/// <param name="Name">The target's name.</param>
/// <param name="NaturalKey">The columns by which a source names the same thing again.</param>
/// <param name="Content">The columns in which a correction differs from what it corrects.</param>
internal sealed record FactTable(string Name, IReadOnlyList<string> NaturalKey, IReadOnlyList<string> Content)
{
    private static readonly FactTable[] All =
    [
        new(
            "sale",
            ["order_id", "line_id"],
            [
                "identity_key", "product_key", "location_key", "channel_key", "ordered_at", "quantity", "unit_price",
                "discount_amount", "net_amount", "original_net_amount", "currency", "returned_sale_key",
            ]),
        new(
            "contact",
            ["contact_id"],
            [
                "identity_key", "channel_key", "reason_key", "agent_key", "product_key", "order_id", "opened_at", "answered_at",
                "escalated_at", "resolved_at", "reopened_at", "closed_at", "is_answered", "is_resolved", "is_complaint",
                "waiting_seconds", "talk_seconds", "satisfaction",
            ]),
        new(
            "touch",
            ["campaign_key", "identity_key"],
            [
                "arm", "assigned_at", "sent_at", "delivered_at", "bounced_at", "opened_at", "clicked_at", "converted_at",
                "unsubscribed_at", "cost_amount",
            ]),
    ];

    /// <summary>The surrogate key.</summary>
    public string Key => Name + "_key";

    /// <summary>The fact that a target fills, or null where it fills none.</summary>
    public static FactTable? Of(Target target) => target.Fact is null ? null : All.Single(fact => fact.Name == target.Name);
}
