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
    /// <summary>How rows add to what was told before; null where each tells the whole.</summary>
    public Accumulation? Accumulation { get; init; }

    /// <summary>What the load's rows say, for those that are more than new.</summary>
    public string Said => Accumulation is null ? $"temp.{Name}_row" : $"temp.{Name}_said";

    /// <summary>What the star holds.</summary>
    public string Known => Accumulation is null ? $"star.fact_{Name}" : $"temp.{Name}_known";

    /// <summary>What it held before.</summary>
    public string Past => Accumulation is null ? $"star.fact_{Name}_history" : $"temp.{Name}_past";

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
            })
        {
            Accumulation = new Accumulation(
                [
                    ("identity_key", "customer"), ("customer_key", "customer"), ("channel_key", "channel"), ("topic", "topic"), ("is_complaint", "is_complaint"),
                    ("agent_key", "agent"), ("product_key", "product"), ("order_id", "order_id"), ("answered_at", "answered_at"), ("escalated_at", "escalated_at"),
                    ("resolved_at", "resolved_at"), ("reopened_at", "reopened_at"), ("closed_at", "closed_at"), ("waiting_seconds", "waiting_seconds"),
                    ("talk_seconds", "talk_seconds"), ("satisfaction", "satisfaction"),
                ],
                ["opened_at", "date_key"],
                ["answered_at", "resolved_at", "reopened_at"],
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["is_answered"] = "answered_at IS NOT NULL",
                    ["is_resolved"] = "resolved_at IS NOT NULL AND (reopened_at IS NULL OR reopened_at < resolved_at)",
                })
            {
                Steps = ["Star/contact_topic_held.sql", "Conform/contact_topic.sql", "Star/contact_completed.sql"],
            },
        },
        new(
            "touch",
            ["campaign_key", "identity_key"],
            [
                "arm", "assigned_at", "sent_at", "delivered_at", "bounced_at", "opened_at", "clicked_at", "replied_at", "converted_at",
                "unsubscribed_at", "cost_amount",
            ],
            new Dictionary<string, (string, IReadOnlyList<string>)>(StringComparer.Ordinal)
            {
                ["date"] = ("date_key", ["assigned_at"]),
                ["campaign"] = ("campaign_key", ["campaign", "wave"]),
            })
        {
            Accumulation = new Accumulation(
                [
                    ("sent_at", "sent_at"), ("delivered_at", "delivered_at"), ("bounced_at", "bounced_at"), ("opened_at", "opened_at"), ("clicked_at", "clicked_at"),
                    ("replied_at", "replied_at"), ("converted_at", "converted_at"), ("unsubscribed_at", "unsubscribed_at"), ("cost_amount", "cost_amount"),
                ],
                ["arm", "assigned_at", "date_key"],
                [],
                new Dictionary<string, string>(StringComparer.Ordinal))
            {
                Steps = ["Star/touch_completed.sql"],
            },
        },
    ];

    /// <summary>The surrogate key.</summary>
    public string Key => Name + "_key";

    /// <summary>The surrogate key of a fact by the name of its table, or null where it is no fact.</summary>
    public static string? KeyOf(string? table) => All.FirstOrDefault(fact => "star.fact_" + fact.Name == table)?.Key;

    /// <summary>The fact that a target fills or deletes from, or null where it does neither.</summary>
    public static FactTable? Of(Target target) =>
        (target.Deletes?.Name ?? (target.Fact is null ? null : target.Name)) is { } name ? All.Single(fact => fact.Name == name) : null;
}
