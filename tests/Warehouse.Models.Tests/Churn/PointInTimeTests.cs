using FsCheck;
using FsCheck.Fluent;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Features;
using Warehouse.Testing;

namespace Warehouse.Models.Tests.Churn;

/// <summary>A feature may read only what was known before the as-of date began.</summary>
public sealed class PointInTimeTests
{
    private static readonly int Sequences = Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1" ? 200 : 3;

    private static readonly ChurnDate s_asOf = new(new DateOnly(2024, 7, 1), TimeZoneInfo.Utc);

    [Fact]
    public async Task Features_DoNotMove_WhateverHappenedOrWasRecordedLater()
    {
        await using var warehouse = await RandomShop.OpenAsync(200);
        await AddContactsAndTouchesAsync(warehouse);
        var before = await GatherAsync(warehouse);

        foreach (var later in LaterRows)
        {
            await warehouse.RunAsync(later);
            var after = await GatherAsync(warehouse);
            Assert.Equal(before.CustomerKeys, after.CustomerKeys);
            Assert.Equal(before.Features.Columns.Select(column => column.Name), after.Features.Columns.Select(column => column.Name));
            for (var column = 0; column < before.Features.Columns.Count; column++)
            {
                Assert.True(
                    Texts(before.Features, column).SequenceEqual(Texts(after.Features, column)),
                    $"{before.Features.Columns[column].Name} moved by: {later}");
            }
        }
    }

    /// <summary>Random sequences of changes of every table; what one has done is there while the next comes.</summary>
    [Fact]
    public void Features_DoNotMove_WhateverIsChangedLater() => Prop.ForAll(
        LaterChange.Several.ToArbitrary(),
        async changes => await RequireUnmovedAsync(changes)).Check(Config.QuickThrowOnFailure.WithReplay(20240701, 1).WithMaxTest(Sequences));

    public static TheoryData<string> Kinds => [.. LaterChange.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Features_DoNotMove_ByA(string kind) => RequireUnmovedAsync([new LaterChange(kind, 2, 1, 0)]);

    private static async Task RequireUnmovedAsync(IReadOnlyList<LaterChange> changes)
    {
        await using var warehouse = await RandomShop.OpenAsync(200);
        await LaterChange.DescribeAsync(warehouse);
        var before = await GatherAsync(warehouse);
        Assert.All(before.Features.Columns, column => Assert.Contains(Texts(before.Features, before.Features.IndexOf(column.Name)), text => text != "missing"));
        var (later, number) = (s_asOf.KnownBefore, 0);
        foreach (var change in changes)
        {
            later = later.AddDays(change.Days);
            await change.DoAsync(warehouse, later, ++number);
            var after = await GatherAsync(warehouse);
            Assert.Equal(before.CustomerKeys, after.CustomerKeys);
            Assert.Equal(before.Features.Columns.Select(column => column.Name), after.Features.Columns.Select(column => column.Name));
            for (var column = 0; column < before.Features.Columns.Count; column++)
            {
                Assert.True(
                    Texts(before.Features, column).SequenceEqual(Texts(after.Features, column)),
                    $"{before.Features.Columns[column].Name} moved by the last of: {string.Join("; ", changes.Take(number))}");
            }
        }
    }

    [Fact]
    public async Task Features_Move_ByWhatWasKnownBefore()
    {
        await using var warehouse = await RandomShop.OpenAsync(50);
        var before = await GatherAsync(warehouse);
        await warehouse.AddSalesAsync(new Sale(0, new DateOnly(2024, 6, 30), "new", 1000m));
        var after = await GatherAsync(warehouse);

        Assert.NotEqual(Texts(before.Features, before.Features.IndexOf("spent")), Texts(after.Features, after.Features.IndexOf("spent")));
        Assert.Equal(1, after.Features[0, after.Features.IndexOf("recency_days")]);
    }

    [Fact]
    public async Task Features_AreWhatTheirNamesSay()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await warehouse.AddSalesAsync(
            new Sale(5, new DateOnly(2024, 1, 2), "a", 10m),
            new Sale(5, new DateOnly(2024, 1, 2), "a", 20m),
            new Sale(5, new DateOnly(2024, 4, 1), "b", 50m),
            new Sale(5, new DateOnly(2024, 6, 20), "c", 40m),
            new Sale(5, new DateOnly(2024, 6, 25), "c", -15m, IsReturn: true),
            new Sale(6, new DateOnly(2024, 6, 1), "d", 7m),
            new Sale(7, new DateOnly(2024, 6, 1), "e", -7m, IsReturn: true));
        var cohort = await GatherAsync(warehouse);
        float Of(int row, string name) => cohort.Features[row, cohort.Features.IndexOf(name)];

        // 7 only returned something, and belongs to no population.
        Assert.Equal([5, 6], cohort.CustomerKeys);
        Assert.Equal((11, 181, 3), (Of(0, "recency_days"), Of(0, "tenure_days"), Of(0, "purchase_days")));
        Assert.Equal((85, 11f / 85), (Of(0, "gap_mean_days"), Of(0, "overdue_ratio")));
        Assert.Equal((120, 40, 40), (Of(0, "spent"), Of(0, "spent_30"), Of(0, "spent_90")));
        Assert.Equal((1, 15f / 120, 6), (Of(0, "return_lines"), Of(0, "returned_share"), Of(0, "days_since_return")));
        Assert.Equal((30, 1, 7), (Of(1, "recency_days"), Of(1, "purchase_days"), Of(1, "spent")));
        Assert.True(float.IsNaN(Of(1, "gap_mean_days")) && float.IsNaN(Of(1, "days_since_return")));
    }

    private static readonly string[] LaterRows =
    [
        // Sales after the date, on it, and of before it but recorded later.
        """
        INSERT INTO star.fact_sale BY NAME
        SELECT * REPLACE (sale_key + 1000000 AS sale_key, DATE '2024-07-01' AS date_key, TIMESTAMPTZ '2024-07-01 00:00:00+00' AS ordered_at,
            TIMESTAMPTZ '2024-07-01 00:00:00+00' AS known_at, 999 AS net_amount) FROM star.fact_sale WHERE date_key < '2024-03-01'
        """,
        """
        INSERT INTO star.fact_sale BY NAME
        SELECT * REPLACE (sale_key + 2000000 AS sale_key, TIMESTAMPTZ '2024-07-01 00:00:00+00' AS known_at, 999 AS net_amount, true AS is_return)
        FROM star.fact_sale WHERE date_key < '2024-03-01'
        """,
        // A correction that was recorded later: the fact as it was known then is in its history.
        """
        INSERT INTO star.fact_sale_history BY NAME
        SELECT *, TIMESTAMPTZ '2024-08-01 00:00:00+00' AS known_to, 1 AS ended_generation FROM star.fact_sale WHERE sale_key < 40 AND date_key < '2024-07-01';
        UPDATE star.fact_sale SET net_amount = 12345, known_at = TIMESTAMPTZ '2024-08-01 00:00:00+00' WHERE sale_key < 40 AND date_key < '2024-07-01'
        """,
        // A deletion that was recorded later.
        """
        INSERT INTO star.fact_sale_history BY NAME
        SELECT *, TIMESTAMPTZ '2024-09-01 00:00:00+00' AS known_to, 1 AS ended_generation FROM star.fact_sale WHERE sale_key BETWEEN 60 AND 90;
        DELETE FROM star.fact_sale WHERE sale_key BETWEEN 60 AND 90
        """,
        // Contacts opened later, recorded later, and milestones of earlier ones that were reached later.
        """
        INSERT INTO star.fact_contact BY NAME
        SELECT * REPLACE (contact_key + 1000 AS contact_key, DATE '2024-07-02' AS date_key, TIMESTAMPTZ '2024-07-02 00:00:00+00' AS opened_at,
            TIMESTAMPTZ '2024-07-02 00:00:00+00' AS known_at) FROM star.fact_contact
        """,
        "INSERT INTO star.fact_contact BY NAME SELECT * REPLACE (contact_key + 2000 AS contact_key, TIMESTAMPTZ '2024-07-01 00:00:00+00' AS known_at) FROM star.fact_contact",
        "UPDATE star.fact_contact SET resolved_at = TIMESTAMPTZ '2024-07-20 00:00:00+00', closed_at = TIMESTAMPTZ '2024-07-20 00:00:00+00', is_resolved = true, satisfaction = 1 WHERE resolved_at IS NULL",
        // Messages likewise.
        """
        INSERT INTO star.fact_touch BY NAME
        SELECT * REPLACE (touch_key + 1000 AS touch_key, DATE '2024-07-05' AS date_key, TIMESTAMPTZ '2024-07-05 00:00:00+00' AS assigned_at,
            TIMESTAMPTZ '2024-07-05 00:00:00+00' AS sent_at, TIMESTAMPTZ '2024-07-05 00:00:00+00' AS known_at) FROM star.fact_touch
        """,
        "UPDATE star.fact_touch SET opened_at = TIMESTAMPTZ '2024-07-20 00:00:00+00', converted_at = TIMESTAMPTZ '2024-07-20 00:00:00+00' WHERE opened_at IS NULL",
        // Versions of customers that became valid or known later, and customers that were found to be tests later.
        """
        INSERT INTO star.dim_customer BY NAME
        SELECT * REPLACE (customer_version_key + 1000 AS customer_version_key, 'x' AS gender, 1900 AS birth_year, true AS is_test,
            TIMESTAMPTZ '2024-07-01 00:00:00+00' AS valid_from, TIMESTAMPTZ '2024-07-01 00:00:00+00' AS known_at) FROM star.dim_customer WHERE customer_key >= 0
        """,
        """
        INSERT INTO star.dim_customer BY NAME
        SELECT * REPLACE (customer_version_key + 5000 AS customer_version_key, 'y' AS gender, TIMESTAMPTZ '2024-02-01 00:00:00+00' AS valid_from,
            TIMESTAMPTZ '2024-07-01 00:00:00+00' AS known_at) FROM star.dim_customer WHERE customer_key >= 0 AND customer_version_key < 1000
        """,
        // A category that the product was given later.
        """
        INSERT INTO star.dim_product (product_version_key, product_key, product_id, category, is_inferred, valid_from, valid_to, is_current, known_at, generation, load_key, source_line)
        VALUES (0, 0, 'P', 'late', false, TIMESTAMPTZ '0001-01-01 00:00:00+00', TIMESTAMPTZ '9999-12-31 00:00:00+00', true, TIMESTAMPTZ '2024-08-01 00:00:00+00', 0, -1, 0);
        UPDATE star.fact_sale SET product_version_key = 0
        """,
    ];

    internal static async Task AddContactsAndTouchesAsync(FreshWarehouse warehouse) => await warehouse.RunAsync(
        """
        INSERT INTO star.fact_contact BY NAME
        SELECT key AS contact_key, 'K' || key AS contact_id, key % 150 AS customer_key, -1 AS customer_version_key, -1 AS channel_key, -1 AS reason_key,
            -1 AS agent_key, -1 AS product_key, DATE '2024-06-20' - CAST(key % 200 AS INTEGER) AS date_key,
            (DATE '2024-06-20' - CAST(key % 200 AS INTEGER))::TIMESTAMPTZ AS opened_at, (DATE '2024-06-20' - CAST(key % 200 AS INTEGER))::TIMESTAMPTZ AS known_at,
            CASE WHEN key % 2 = 0 THEN (DATE '2024-06-21' - CAST(key % 200 AS INTEGER))::TIMESTAMPTZ END AS resolved_at,
            CASE WHEN key % 2 = 0 THEN (DATE '2024-06-21' - CAST(key % 200 AS INTEGER))::TIMESTAMPTZ END AS answered_at,
            true AS is_answered, key % 2 = 0 AS is_resolved, key % 3 > 0 AS is_complaint, CAST(key AS INTEGER) AS waiting_seconds, CAST(1 + key % 5 AS TINYINT) AS satisfaction,
            0 AS generation, -1 AS load_key, key AS source_line, -1 AS identity_key
        FROM range(300) AS made (key);
        INSERT INTO star.fact_touch BY NAME
        SELECT key AS touch_key, 0 AS campaign_key, key AS customer_key, -1 AS customer_version_key, DATE '2024-05-01' AS date_key, 'treated' AS arm,
            TIMESTAMPTZ '2024-05-01 00:00:00+00' AS assigned_at, TIMESTAMPTZ '2024-05-01 00:00:00+00' AS sent_at,
            CASE WHEN key % 2 = 0 THEN TIMESTAMPTZ '2024-05-02 00:00:00+00' END AS opened_at, 0 AS cost_amount, TIMESTAMPTZ '2024-05-01 00:00:00+00' AS known_at,
            0 AS generation, -1 AS load_key, key AS source_line, -1 AS identity_key
        FROM range(120) AS made (key);
        """);

    internal static async Task<Cohort> GatherAsync(FreshWarehouse warehouse)
    {
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        return await new StarFeatures(connection, ChurnDefinition.Default).GatherAsync(s_asOf, CancellationToken.None);
    }

    internal static IEnumerable<string> Texts(FeatureTable table, int column) => table.Column(column).Select(value =>
        float.IsNaN(value) ? "missing" : table.Columns[column].Levels is { } levels ? levels[(int)value] : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
}
