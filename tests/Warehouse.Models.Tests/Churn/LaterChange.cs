using FsCheck;
using FsCheck.Fluent;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Something that happened, was recorded, corrected, deleted or decided at the as-of instant or later.</summary>
/// <param name="Kind">Which of <see cref="Kinds"/>.</param>
/// <param name="Every">Of every so many rows one changes …</param>
/// <param name="Place">… and this one of them.</param>
/// <param name="Days">So many days after the change before it, or after the as-of instant.</param>
public sealed record LaterChange(string Kind, int Every, int Place, int Days)
{
    private const string Derived =
        """
        DELETE FROM star.dim_customer WHERE customer_key >= 0;
        INSERT INTO star.dim_customer BY NAME
        SELECT *, row_number() OVER (ORDER BY customer_key, valid_from) AS customer_version_key, false AS is_inferred, valid_to > TIMESTAMPTZ '9999-01-01 00:00:00+00' AS is_current
        FROM star.customer_version_of(TIMESTAMPTZ '9999-12-31 00:00:00+00', 'star.customer_identity');
        DELETE FROM star.dim_product WHERE product_key >= 0;
        INSERT INTO star.dim_product BY NAME
        SELECT *, CAST(substr(product_id, 2) AS INTEGER) AS product_key, row_number() OVER (ORDER BY product_id, valid_from) AS product_version_key,
            false AS is_inferred, valid_to > TIMESTAMPTZ '9999-01-01 00:00:00+00' AS is_current
        FROM star.product_as_of(TIMESTAMPTZ '9999-12-31 00:00:00+00');
        UPDATE star.fact_sale AS sale SET product_version_key = product.product_version_key
        FROM star.dim_product AS product
        WHERE product.product_key = sale.product_key AND sale.ordered_at >= product.valid_from AND sale.ordered_at < product.valid_to;
        UPDATE star.fact_sale_history AS sale SET product_version_key = product.product_version_key
        FROM star.dim_product AS product
        WHERE product.product_key = sale.product_key AND sale.ordered_at >= product.valid_from AND sale.ordered_at < product.valid_to;
        """;

    /// <summary>What identifiers are taken for somebody else brings along.</summary>
    private const string Moved =
        """
        INSERT INTO star.identity_history
        SELECT identity_key, identity.customer_key, coalesce(before.known_to, identity.known_at), $later, 1
        FROM star.customer_identity AS identity
        JOIN moved USING (identity_key)
        LEFT JOIN (SELECT identity_key, max(known_to) AS known_to FROM star.identity_history GROUP BY ALL) AS before USING (identity_key);
        UPDATE star.customer_identity AS identity SET customer_key = moved.customer_key FROM moved WHERE moved.identity_key = identity.identity_key;
        UPDATE star.fact_sale AS fact SET customer_key = moved.customer_key FROM moved WHERE moved.identity_key = fact.identity_key;
        UPDATE star.fact_sale_history AS fact SET customer_key = moved.customer_key FROM moved WHERE moved.identity_key = fact.identity_key;
        UPDATE star.fact_contact AS fact SET customer_key = moved.customer_key FROM moved WHERE moved.identity_key = fact.identity_key;
        UPDATE star.fact_contact_history AS fact SET customer_key = moved.customer_key FROM moved WHERE moved.identity_key = fact.identity_key;
        UPDATE star.fact_touch AS fact SET customer_key = moved.customer_key FROM moved WHERE moved.identity_key = fact.identity_key;
        UPDATE star.fact_touch_history AS fact SET customer_key = moved.customer_key FROM moved WHERE moved.identity_key = fact.identity_key;
        DROP TABLE moved;
        """;

    /// <summary>The statements of each kind; $later is when, $every and $place choose rows, and $next tells this change's keys from others'.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sale that was made later"] =
            """
            INSERT INTO star.fact_sale BY NAME
            SELECT * REPLACE (sale_key + $next AS sale_key, CAST($later AS DATE) AS date_key, $later AS ordered_at, $later AS known_at, 999 AS net_amount)
            FROM star.fact_sale WHERE sale_key % $every = $place AND sale_key < 1000000
            """,
        ["sale that was recorded later"] =
            """
            INSERT INTO star.fact_sale BY NAME
            SELECT * REPLACE (sale_key + $next AS sale_key, $later AS known_at, 999 AS net_amount, sale_key % 2 = 0 AS is_return)
            FROM star.fact_sale WHERE sale_key % $every = $place AND sale_key < 1000000
            """,
        ["sale that was corrected"] =
            """
            INSERT INTO star.fact_sale_history BY NAME SELECT *, $later AS known_to, 1 AS ended_generation FROM star.fact_sale WHERE sale_key % $every = $place;
            UPDATE star.fact_sale SET net_amount = net_amount + 77, discount_amount = 5, quantity = 9, is_return = NOT is_return, known_at = $later WHERE sale_key % $every = $place
            """,
        ["sale that was taken back"] =
            """
            INSERT INTO star.fact_sale_history BY NAME SELECT *, $later AS known_to, 1 AS ended_generation FROM star.fact_sale WHERE sale_key % $every = $place;
            DELETE FROM star.fact_sale WHERE sale_key % $every = $place
            """,
        ["contact that was opened later"] =
            """
            INSERT INTO star.fact_contact BY NAME
            SELECT * REPLACE (contact_key + $next AS contact_key, CAST($later AS DATE) AS date_key, $later AS opened_at, $later AS known_at)
            FROM star.fact_contact WHERE contact_key % $every = $place AND contact_key < 1000000
            """,
        ["contact that was recorded later"] =
            """
            INSERT INTO star.fact_contact BY NAME SELECT * REPLACE (contact_key + $next AS contact_key, $later AS known_at)
            FROM star.fact_contact WHERE contact_key % $every = $place AND contact_key < 1000000
            """,
        ["contact that was corrected"] =
            """
            INSERT INTO star.fact_contact_history BY NAME SELECT *, $later AS known_to, 1 AS ended_generation FROM star.fact_contact WHERE contact_key % $every = $place;
            UPDATE star.fact_contact SET is_complaint = NOT is_complaint, satisfaction = 1, waiting_seconds = 9999, known_at = $later WHERE contact_key % $every = $place
            """,
        ["contact that was resolved later"] =
            """
            UPDATE star.fact_contact SET resolved_at = $later, closed_at = $later, is_resolved = true, reopened_at = $later, satisfaction = 1
            WHERE contact_key % $every = $place AND resolved_at IS NULL
            """,
        ["message that was sent later"] =
            """
            INSERT INTO star.fact_touch BY NAME
            SELECT * REPLACE (touch_key + $next AS touch_key, CAST($later AS DATE) AS date_key, $later AS assigned_at, $later AS sent_at, $later AS known_at)
            FROM star.fact_touch WHERE touch_key % $every = $place AND touch_key < 1000000
            """,
        ["message that was opened later"] =
            """
            UPDATE star.fact_touch SET opened_at = $later, clicked_at = $later, converted_at = $later, unsubscribed_at = $later
            WHERE touch_key % $every = $place AND opened_at IS NULL
            """,
        ["message that was taken back"] =
            """
            INSERT INTO star.fact_touch_history BY NAME SELECT *, $later AS known_to, 1 AS ended_generation FROM star.fact_touch WHERE touch_key % $every = $place;
            DELETE FROM star.fact_touch WHERE touch_key % $every = $place
            """,
        ["customer who was described later"] =
            $"""
            INSERT INTO star.customer_record BY NAME
            SELECT * EXCLUDE (identity_key)
                REPLACE ($later AS valid_from, $later AS known_at, 'x' AS gender, 'elsewhere' AS region, CAST($later AS DATE) AS confirmed_on, identity_key % 2 = 0 AS is_test)
            FROM star.customer_record JOIN (SELECT source, source_id, identity_key FROM star.customer_identity) USING (source, source_id)
            WHERE identity_key % $every = $place AND generation = 0;
            {Derived}
            """,
        ["profile that was corrected"] =
            $"""
            INSERT INTO star.customer_record BY NAME
            SELECT * EXCLUDE (identity_key) REPLACE ($later AS known_at, 1901 AS birth_year, 'y' AS gender, NULL AS region, 'AQ' AS country, true AS is_test)
            FROM star.customer_record JOIN (SELECT source, source_id, identity_key FROM star.customer_identity) USING (source, source_id)
            WHERE identity_key % $every = $place AND generation = 0;
            {Derived}
            """,
        ["consent that was stated later"] =
            """
            INSERT INTO star.customer_consent BY NAME
            SELECT customer_key, identity_key, 'email' AS channel, 'marketing' AS purpose, false AS is_granted, $later AS stated_at, 'crm' AS source, $later AS known_at,
                1 AS generation, -1 AS load_key, 0 AS source_line
            FROM star.customer_identity WHERE identity_key % $every = $place
            """,
        ["product whose category was corrected"] =
            $"""
            INSERT INTO star.product_record BY NAME
            SELECT * REPLACE ($later AS known_at, 'late' AS category) FROM star.product_record
            WHERE CAST(substr(product_id, 2) AS INTEGER) % $every = $place AND generation = 0;
            {Derived}
            """,
        ["persons who were found to be one"] =
            $"""
            CREATE TEMP TABLE moved AS
            SELECT identity_key, CAST(home_key // 2 AS INTEGER) AS customer_key
            FROM star.customer_identity WHERE identity_key % $every = $place AND customer_key <> home_key // 2;
            {Moved}
            {Derived}
            """,
        ["person who was found to be several"] =
            $"""
            CREATE TEMP TABLE moved AS
            SELECT identity_key, home_key AS customer_key FROM star.customer_identity WHERE identity_key % $every = $place AND customer_key <> home_key;
            {Moved}
            {Derived}
            """,
    };

    public static Gen<LaterChange[]> Several =>
        (from kind in Gen.Elements(Kinds.Keys.ToArray())
         from every in Gen.Choose(1, 5)
         from place in Gen.Choose(0, every - 1)
         from days in Gen.Choose(0, 20)
         select new LaterChange(kind, every, place, days)).ArrayOf(4);

    /// <summary>What the changes are changes of: a shop with profiles, products and identifiers, and persons who were found to be one before.</summary>
    public static async Task DescribeAsync(FreshWarehouse warehouse)
    {
        await PointInTimeTests.AddContactsAndTouchesAsync(warehouse);
        await warehouse.RunAsync(
            $"""
            UPDATE star.fact_sale SET identity_key = customer_key, product_key = sale_key % 7;
            UPDATE star.fact_sale SET is_return = true, net_amount = -net_amount WHERE sale_key % 17 = 3;
            UPDATE star.fact_contact SET identity_key = customer_key;
            UPDATE star.fact_touch SET identity_key = customer_key;
            INSERT INTO star.customer_identity (source, source_id, customer_key, rule, known_at, generation, load_key, source_line, identity_key, home_key)
            SELECT 'crm', 'C' || key, key, 'own identifier', TIMESTAMPTZ '2022-01-01 00:00:00+00', 0, -1, 0, key, key FROM range(200) AS made (key);
            INSERT INTO star.customer_record BY NAME
            SELECT 'crm' AS source, 'C' || key AS source_id, TIMESTAMPTZ '2022-01-01 00:00:00+00' + to_days(CAST(step * 700 AS INTEGER)) AS valid_from,
                CASE WHEN step = 0 THEN 1950 + key % 50 END AS birth_year, CASE WHEN key % 3 = 0 THEN 'f' ELSE 'm' END AS gender, 'GB' AS country,
                'region ' || (key + step) % 4 AS region, 'web' AS acquisition_channel, DATE '2022-01-01' AS registered_on,
                CAST(TIMESTAMPTZ '2022-01-01 00:00:00+00' + to_days(CAST(step * 700 AS INTEGER)) AS DATE) AS confirmed_on, false AS is_test,
                TIMESTAMPTZ '2022-01-01 00:00:00+00' + to_days(CAST(step * 700 AS INTEGER)) AS known_at, 0 AS generation, -1 AS load_key, key AS source_line, false AS is_timeless
            FROM range(180) AS made (key) CROSS JOIN range(2) AS told (step);
            INSERT INTO star.product_record BY NAME
            SELECT 'P' || key AS product_id, TIMESTAMPTZ '2022-01-01 00:00:00+00' AS valid_from, 'category ' || key % 3 AS category,
                TIMESTAMPTZ '2022-01-01 00:00:00+00' AS known_at, 0 AS generation, -1 AS load_key, key AS source_line, false AS is_timeless
            FROM range(7) AS made (key);
            {Derived}
            """);
        await new LaterChange("persons who were found to be one", 10, 3, 0).DoAsync(warehouse, new DateTimeOffset(2023, 6, 1, 0, 0, 0, TimeSpan.Zero), 0);
    }

    /// <summary>Changes the warehouse.</summary>
    public Task DoAsync(FreshWarehouse warehouse, DateTimeOffset later, int number)
    {
        var sql = Kinds[Kind];
        (string Name, object? Value)[] values = [("later", later), ("every", Every), ("place", Place), ("next", number * 1_000_000)];
        return warehouse.RunAsync(sql, [.. values.Where(value => sql.Contains('$' + value.Name, StringComparison.Ordinal))]);
    }
}
