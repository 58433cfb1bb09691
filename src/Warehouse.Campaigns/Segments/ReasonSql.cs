namespace Warehouse.Campaigns.Segments;

/// <summary>Writes the SQL of what a reason says of one customer, as people say it: once, 3 times, 5,861.44.</summary>
internal static class ReasonSql
{
    /// <summary>What the customer did, how often, for how much, and when last.</summary>
    public static string Purchases(string did) =>
        $"""
        CASE count(DISTINCT order_id)
            WHEN 1 THEN '{did} once for ' || {Money("sum(abs(net_amount))")} || ' on ' || max(date_key)
            ELSE '{did} ' || {Count("count(DISTINCT order_id)")} || ' times for ' || {Money("sum(abs(net_amount))")} || ', last on ' || max(date_key)
        END
        """;

    /// <summary>How often there was a contact, and when last.</summary>
    public static string Contacts => $"CASE count(*) WHEN 1 THEN 'in touch once, on ' || max(date_key) ELSE 'in touch ' || {Count("count(*)")} || ' times, last on ' || max(date_key) END";

    /// <summary>The segment, the scores that make it, and the days since the last purchase.</summary>
    public static string Rfm =>
        $"person.rfm_segment || ' (R ' || person.recency_score || ', F ' || person.frequency_score || ', M ' || person.monetary_score || '): ' || {SinceLastPurchase}";

    /// <summary>A number or a date of the person.</summary>
    public static string Attribute(string column) => column switch
    {
        "recency_days" => SinceLastPurchase,
        "value" => $"'value ' || {Money("person.value")}",
        "orders" => $"'orders ' || {Count("person.orders")}",
        "churn_probability" => "'churn_probability ' || format('{:.1f} %', 100 * CAST(person.churn_probability AS DOUBLE))",
        _ => $"'{column} ' || person.{column}",
    };

    /// <summary>A number whose unit is not known, with up to four decimals.</summary>
    public static string Number(string number) => $"regexp_replace(format('{{:,.4f}}', CAST({number} AS DOUBLE)), '[.]?0+$', '')";

    private static string SinceLastPurchase =>
        """
        CASE person.recency_days WHEN 0 THEN 'last bought on the day' WHEN 1 THEN 'last bought the day before' ELSE 'last bought ' || format('{:,}', person.recency_days) || ' days before' END
        """;

    private static string Count(string number) => $"format('{{:,}}', {number})";

    private static string Money(string amount) => $"format('{{:,.2f}}', CAST({amount} AS DOUBLE))";
}
