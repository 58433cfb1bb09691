using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Contacts;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Contacts;

public sealed class ComplaintRecoveryTests
{
    private static readonly AsOf Date = AsOf.EndOfWithHindsight(new DateOnly(2024, 12, 31), TimeZoneInfo.Utc);
    private static readonly DateOnly Complained = new(2024, 3, 15);

    /// <summary>
    /// Everybody bought once, for 20, ten days before the middle of March. Of those with a resolved complaint 30 of 40 come back for 50, of those
    /// with an unresolved one 10 of 40, of those without 60 of 100; and a hundred who buy ten times as much come back without exception.
    /// </summary>
    [Fact]
    public async Task LikeIsComparedWithLike()
    {
        await using var warehouse = await ShopAsync();

        var result = await RunAsync(warehouse, new RecoveryOptions());

        Assert.Equal([("resolved", 40L, .75), ("unresolved", 40L, .25), ("none", 200L, .8)], result.Groups.Select(group => (group.Fate, group.Customers, group.Retention)));
        Assert.Equal(
            [("resolved", "none", 40L, 0L, .15), ("unresolved", "none", 40L, 0L, -.35), ("resolved", "unresolved", 40L, 0L, .5)],
            result.Comparisons.Select(one => (one.Fate, one.Against, one.Customers, one.Unmatched, Math.Round(one.Retention.Difference, 9))));
        Assert.Equal([7.5, -17.5, 25], result.Comparisons.Select(one => Math.Round(one.Amount.Difference, 9)));

        // The interval of the last: the variances of the two parts are those of samples of forty.
        var error = 1.959964 * Math.Sqrt((.75 * .25 / 39) + (.25 * .75 / 39));
        Assert.Equal(.5 - error, result.Comparisons[2].Retention.From, 6);
        Assert.Equal(.5 + error, result.Comparisons[2].Retention.To, 6);
        Assert.Contains(result.Notes, note => note.Contains("resolved stay more than like ones with a complaint that was not: +50.0 points", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatComesAfterTheDate_IsNotKnown()
    {
        await using var warehouse = await ShopAsync();

        // As of June nobody has been followed for half a year; with a month to follow everybody has, and nobody is back yet.
        var early = await RunAsync(warehouse, new RecoveryOptions(), AsOf.EndOf(new DateOnly(2024, 6, 30), TimeZoneInfo.Utc));
        var shorter = await RunAsync(warehouse, new RecoveryOptions { FollowDays = 30 }, AsOf.EndOf(new DateOnly(2024, 6, 30), TimeZoneInfo.Utc));

        Assert.Empty(early.Groups);
        Assert.Contains("Nobody who had bought", Assert.Single(early.Notes), StringComparison.Ordinal);
        Assert.All(shorter.Groups, group => Assert.Equal(0, group.Retention));
        Assert.All(shorter.Comparisons, one => Assert.Equal((0, 0, 0), (one.Retention.Difference, one.Retention.From, one.Retention.To)));
    }

    [Fact]
    public async Task EmptyWarehouse_IsSaidInWords_AndOptionsOutOfRangeAreWrong()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();

        Assert.Single((await RunAsync(warehouse, new RecoveryOptions())).Notes);
        await Assert.ThrowsAsync<WrongCommandException>(() => RunAsync(warehouse, new RecoveryOptions { FollowDays = 0 }));
    }

    private static async Task<RecoveryResult> RunAsync(FreshWarehouse warehouse, RecoveryOptions options, AsOf? asOf = null)
    {
        await using var connection = await warehouse.Database.ConnectAsync(default);
        await using var activity = await CustomerActivity.GatherAsync(connection, asOf ?? Date, default);
        return await ComplaintRecovery.RunAsync(activity, options, default);
    }

    private static async Task<FreshWarehouse> ShopAsync()
    {
        var warehouse = await FreshWarehouse.CreateAsync();
        var sales = new List<Sale>();
        for (var customer = 0; customer < 280; customer++)
        {
            var isGreat = customer >= 180;
            sales.Add(new Sale(customer, Complained.AddDays(-10), FormattableString.Invariant($"{customer}/before"), isGreat ? 200 : 20));
            if (customer is < 30 or (>= 40 and < 50) or (>= 80 and < 140) || isGreat)
            {
                sales.Add(new Sale(customer, Complained.AddDays(100), FormattableString.Invariant($"{customer}/after"), 50));
            }
        }

        await warehouse.AddSalesAsync(sales);
        await warehouse.RunAsync(
            """
            INSERT INTO star.dim_reason VALUES (0, 'delivery', true, 0);
            INSERT INTO star.fact_contact BY NAME
            SELECT key AS contact_key, 'K' || key AS contact_id, key AS customer_key, -1 AS customer_version_key, -1 AS channel_key, 0 AS reason_key, -1 AS agent_key,
                -1 AS product_key, $day AS date_key, $at AS opened_at, $at AS answered_at,
                CASE WHEN key < 40 THEN $at + INTERVAL 3 DAY WHEN key < 60 THEN $at + INTERVAL 60 DAY END AS resolved_at,
                true AS is_answered, key < 60 AS is_resolved, true AS is_complaint, $at AS known_at, 0 AS generation, -1 AS load_key, 0 AS source_line, -1 AS identity_key
            FROM range(80) AS contact (key)
            """,
            ("day", Complained),
            ("at", new DateTimeOffset(Complained, new TimeOnly(9, 0), TimeSpan.Zero)));
        return warehouse;
    }
}
