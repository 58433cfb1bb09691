using Warehouse.Definitions;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Lineage;

/// <summary>Which columns of a target a column of the star is made of, and how.</summary>
internal static class ColumnOrigins
{
    private const string Amount = "quantity × unit price in the order's currency, less the discount, at the rate of exchange_rate that holds on the date";

    /// <summary>The columns whose name or making differs from a column of their target.</summary>
    private static readonly Dictionary<string, (string[] From, string Rule)> Made = new(StringComparer.Ordinal)
    {
        ["fact_sale.customer_key"] = (["customer"], "the person of the identifier in customer_identity; -1 where nobody is named"),
        ["fact_sale.customer_version_key"] = (["customer", "ordered_at"], "the version in dim_customer that was valid then"),
        ["fact_sale.identity_key"] = (["customer"], "the identifier in customer_identity"),
        ["fact_sale.product_key"] = (["product"], "the product of the identifier in dim_product"),
        ["fact_sale.product_version_key"] = (["product", "ordered_at"], "the version in dim_product that was valid then"),
        ["fact_sale.location_key"] = (["location"], "the place of the identifier in dim_location"),
        ["fact_sale.channel_key"] = (["channel"], "the channel of the name in dim_channel"),
        ["fact_sale.date_key"] = (["ordered_at"], "the date in the workspace's time zone"),
        ["fact_sale.unit_price"] = (["unit_price", "currency"], "at the rate of exchange_rate that holds on the date"),
        ["fact_sale.gross_amount"] = (["quantity", "unit_price", "currency"], "quantity × unit price, at the rate of exchange_rate that holds on the date"),
        ["fact_sale.discount_amount"] = (["discount_amount", "currency"], "at the rate of exchange_rate that holds on the date; 0 where nothing is said"),
        ["fact_sale.net_amount"] = (["quantity", "unit_price", "discount_amount", "currency"], Amount),
        ["fact_sale.original_net_amount"] = (["quantity", "unit_price", "discount_amount"], "quantity × unit price, less the discount"),
        ["fact_sale.cost_amount"] = (["cost_amount", "quantity", "product"], "as told; else quantity × the unit cost of the product's version"),
        ["fact_sale.is_return"] = (["quantity"], "whether the quantity is negative"),
        ["fact_sale.returned_sale_key"] = (["returned_order_id", "returned_line_id"], "the line of these identifiers"),
        ["fact_contact.customer_key"] = (["customer"], "the person of the identifier in customer_identity; -1 where nobody is named"),
        ["fact_contact.customer_version_key"] = (["customer", "opened_at"], "the version in dim_customer that was valid then"),
        ["fact_contact.identity_key"] = (["customer"], "the identifier in customer_identity"),
        ["fact_contact.channel_key"] = (["channel"], "the channel of the name in dim_channel"),
        ["fact_contact.reason_key"] = (["topic", "is_complaint"], "the topic in dim_reason"),
        ["fact_contact.agent_key"] = (["agent"], "the agent in dim_agent"),
        ["fact_contact.product_key"] = (["product"], "the product of the identifier in dim_product"),
        ["fact_contact.date_key"] = (["opened_at"], "the date in the workspace's time zone"),
        ["fact_contact.is_answered"] = (["is_answered", "answered_at"], "as told; else whether there is a time of the answer"),
        ["fact_contact.is_resolved"] = (["is_resolved", "resolved_at", "reopened_at"], "as told; else whether it was resolved and not reopened since"),
        ["fact_touch.customer_key"] = (["customer"], "the person of the identifier in customer_identity"),
        ["fact_touch.customer_version_key"] = (["customer", "assigned_at"], "the version in dim_customer that was valid then"),
        ["fact_touch.identity_key"] = (["customer"], "the identifier in customer_identity"),
        ["fact_touch.campaign_key"] = (["campaign", "wave"], "the wave in dim_campaign"),
        ["fact_touch.date_key"] = (["assigned_at"], "the date in the workspace's time zone"),
        ["dim_customer.customer_id"] = (["id"], "the identifier that was known first"),
        ["dim_customer.postcode_area"] = (["postcode"], "the letters and digits that the postcode begins with"),
        ["dim_product.product_id"] = (["id"], "as told"),
        ["dim_location.location_id"] = (["id"], "as told"),
        ["dim_campaign.campaign_id"] = (["id"], "as told"),
    };

    private static readonly Dictionary<string, Target> Tables = new(StringComparer.Ordinal)
    {
        ["fact_sale"] = TargetCatalogue.Sale,
        ["fact_contact"] = TargetCatalogue.Contact,
        ["fact_touch"] = TargetCatalogue.Touch,
        ["dim_customer"] = TargetCatalogue.Customer,
        ["customer_contact"] = TargetCatalogue.Customer,
        ["customer_record"] = TargetCatalogue.Customer,
        ["customer_consent"] = TargetCatalogue.Consent,
        ["dim_product"] = TargetCatalogue.Product,
        ["product_record"] = TargetCatalogue.Product,
        ["dim_location"] = TargetCatalogue.Location,
        ["dim_campaign"] = TargetCatalogue.Campaign,
        ["exchange_rate"] = TargetCatalogue.ExchangeRate,
    };

    /// <summary>The tables of the star whose lineage is known.</summary>
    public static IReadOnlyCollection<string> TableNames => Tables.Keys;

    /// <summary>The target that fills a table.</summary>
    /// <exception cref="WrongCommandException">No target fills a table of this name.</exception>
    public static Target TargetOf(string table) => Tables.TryGetValue(table, out var target)
        ? target
        : throw new WrongCommandException($"No feed fills a table \"star.{table}\". {NearNames.Hint(table, Tables.Keys, "tables that feeds fill")}");

    /// <summary>What a column is made of; null where it is no matter of sources (a surrogate key, or what the load itself notes).</summary>
    public static (IReadOnlyList<TargetColumn> From, string Rule)? Of(string table, string column)
    {
        var target = TargetOf(table);
        if (Made.TryGetValue($"{table}.{column}", out var made))
        {
            return ([.. made.From.Select(name => target.Find(name)!)], made.Rule);
        }

        return target.Find(column) is { } same ? ([same], "as told") : null;
    }
}
