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
/// <param name="Parts">The parts that a source can tell again as a whole, each with its column in the star and those of the target.</param>
internal sealed record FactTable(
    string Name, IReadOnlyList<string> NaturalKey, IReadOnlyList<string> Content, IReadOnlyDictionary<string, (string Star, IReadOnlyList<string> Said)> Parts)
{
    private static readonly FactTable[] All =
    [
        new(
            "sale",
            ["order_id", "line_id"],
            [
                "identity_key", "product_key", "location_key", "channel_key", "ordered_at", "quantity", "unit_price",
                "discount_amount", "net_amount", "original_net_amount", "currency", "returned_sale_key",
            ],
            new Dictionary<string, (string, IReadOnlyList<string>)>(StringComparer.Ordinal)
            {
                ["order"] = ("order_id", ["order_id"]),
                ["date"] = ("date_key", ["ordered_at"]),
                ["location"] = ("location_key", ["location"]),
                ["channel"] = ("channel_key", ["channel"]),
            }),
        new(
            "contact",
            ["contact_id"],
            [
                "identity_key", "channel_key", "reason_key", "agent_key", "product_key", "order_id", "opened_at", "answered_at",
                "escalated_at", "resolved_at", "reopened_at", "closed_at", "is_answered", "is_resolved", "is_complaint",
                "waiting_seconds", "talk_seconds", "satisfaction",
            ],
            new Dictionary<string, (string, IReadOnlyList<string>)>(StringComparer.Ordinal)
            {
                ["date"] = ("date_key", ["opened_at"]),
                ["channel"] = ("channel_key", ["channel"]),
            }),
        new(
            "touch",
            ["campaign_key", "identity_key"],
            [
                "arm", "assigned_at", "sent_at", "delivered_at", "bounced_at", "opened_at", "clicked_at", "converted_at",
                "unsubscribed_at", "cost_amount",
            ],
            new Dictionary<string, (string, IReadOnlyList<string>)>(StringComparer.Ordinal)
            {
                ["date"] = ("date_key", ["assigned_at"]),
                ["campaign"] = ("campaign_key", ["campaign", "wave"]),
            }),
    ];

    /// <summary>The surrogate key.</summary>
    public string Key => Name + "_key";

    /// <summary>The fact that a target fills or deletes from, or null where it does neither.</summary>
    public static FactTable? Of(Target target) =>
        (target.Deletes?.Name ?? (target.Fact is null ? null : target.Name)) is { } name ? All.Single(fact => fact.Name == name) : null;
}
