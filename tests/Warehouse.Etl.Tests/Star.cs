namespace Warehouse.Etl.Tests;

/// <summary>The star without its surrogate keys and its history of loading: what it says, whatever the order of loading.</summary>
internal static class Star
{
    public const string Sales =
        """
        SELECT order_id, line_id, CAST(ordered_at AS VARCHAR), quantity, net_amount, cost_amount, sale.currency,
            customer.customer_id, CAST(customer.valid_from AS VARCHAR), customer.city, customer.country, customer.is_inferred,
            product.product_id, CAST(product.valid_from AS VARCHAR), product.name, product.unit_cost, product.is_inferred
        FROM star.fact_sale AS sale
        JOIN star.dim_customer AS customer ON customer.customer_version_key = sale.customer_version_key
        JOIN star.dim_product AS product ON product.product_version_key = sale.product_version_key
        ORDER BY ALL
        """;

    public const string Customers =
        """
        SELECT customer_id, CAST(valid_from AS VARCHAR), CAST(valid_to AS VARCHAR), is_current, city, country, birth_year, is_inferred
        FROM star.dim_customer ORDER BY ALL
        """;

    public const string Products =
        """
        SELECT product_id, CAST(valid_from AS VARCHAR), CAST(valid_to AS VARCHAR), is_current, name, unit_cost, is_inferred
        FROM star.dim_product ORDER BY ALL
        """;

    /// <summary>Sales whose version of the customer or product is not the one that was valid, or not the same customer's or product's.</summary>
    public const string StrayVersions =
        """
        SELECT count(*)
        FROM star.fact_sale AS sale
        LEFT JOIN star.dim_customer AS customer ON customer.customer_version_key = sale.customer_version_key
        LEFT JOIN star.dim_product AS product ON product.product_version_key = sale.product_version_key
        WHERE customer.customer_key IS DISTINCT FROM sale.customer_key OR product.product_key IS DISTINCT FROM sale.product_key
           OR NOT (sale.ordered_at >= customer.valid_from AND sale.ordered_at < customer.valid_to)
           OR NOT (sale.ordered_at >= product.valid_from AND sale.ordered_at < product.valid_to)
        """;
}
