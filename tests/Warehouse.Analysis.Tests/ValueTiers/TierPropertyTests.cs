using System.Text.Json;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.ValueTiers;

namespace Warehouse.Analysis.Tests.ValueTiers;

public sealed class TierPropertyTests
{
    [Fact]
    public Task Tier_IsTheFirstWhoseLimitIsAboveTheShareOfThoseStrictlyBetter() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var options = Options(test);
        var oracle = Population(test, options);
        var total = oracle.Sum(one => one.Value);
        await using var connection = await warehouse.Database.ConnectAsync(default);

        await using var tiers = await TierAnalysis.AssignAsync(connection, options, default);

        var customers = await tiers.CustomersAsync().ToListAsync();
        Assert.Equal(
            total > 0 ? oracle.Select(one => (one.Key, one.Value, one.Revenue, TierOf(one))) : [],
            customers.Select(one => (one.CustomerKey, one.Value, one.Revenue, one.Tier)));
        Assert.Equal(customers.Count, tiers.Result.Tiers.Sum(tier => tier.Customers));
        Assert.Equal(total > 0 ? total : 0, tiers.Result.Tiers.Sum(tier => tier.Value));
        Assert.Equal((oracle.Count, total), (tiers.Result.Population.Customers, tiers.Result.Population.Value));
        Assert.Equal(
            SalesOracle.Of(test.Sales, test.Population).AllRevenue,
            tiers.Result.Population.Revenue + tiers.Result.Population.LeftOut.Sum(part => part.Revenue));

        string TierOf(OracleCustomer one)
        {
            var better = oracle.Where(other => other.Value > one.Value).ToList();
            return options.Rule.Tiers
                .First(tier => tier.UpTo == 1 || (options.Rule.Basis == TierBasis.Customers
                    ? better.Count < tier.UpTo * oracle.Count
                    : better.Sum(other => other.Value) < tier.UpTo * total))
                .Name;
        }
    });

    [Fact]
    public Task Concentration_IsWhatTheLongWayGives() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var options = Options(test);
        var values = Population(test, options).Select(one => one.Value).OrderDescending().ToList();
        var total = values.Sum();
        await using var connection = await warehouse.Database.ConnectAsync(default);

        var found = (await TierAnalysis.RunAsync(connection, options, default)).Concentration;

        if (total <= 0)
        {
            Assert.Null(found);
            return;
        }

        Assert.NotNull(found);
        var fifth = (int)Math.Ceiling(values.Count / 5.0);
        Assert.Equal((fifth, values.Take(fifth).Sum() / total), (found.BestFifth, found.BestFifthShare));
        Assert.Equal(Enumerable.Range(1, values.Count).First(count => values.Take(count).Sum() >= .8m * total), found.MakingMost);
        var differences = (double)values.Sum(one => values.Sum(other => Math.Abs(one - other)));
        Assert.Equal(differences / (2.0 * values.Count * (double)total), found.Gini, 10);
        Assert.Equal(values.Take(fifth).Average() / values.Average(), found.BestToAverage, 10);
        if (found.BestToRest is { } ratio)
        {
            Assert.Equal(values.Take(fifth).Average() / values.Skip(fifth).Average(), ratio, 10);
        }
        else
        {
            Assert.True(values.Skip(fifth).Sum() <= 0);
        }

        Assert.Equal((new LorenzPoint(0, 0), new LorenzPoint(1, 1)), (found.Lorenz[0], found.Lorenz[^1]));
        Assert.Equal(values.Count + 1, found.Lorenz.Count);
        Assert.All(found.Lorenz, point => Assert.Equal(
            values.TakeLast((int)decimal.Round(point.CustomerShare * values.Count)).Sum() / total, point.ValueShare, 12));
    });

    [Fact]
    public Task RowOrder_ChangesNothing() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var options = Options(test);
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var before = await TierAnalysis.RunAsync(connection, options, default);
        await test.Shuffled().LoadAsync(warehouse);

        Assert.Equal(Text(before), Text(await TierAnalysis.RunAsync(connection, options, default)));
    });

    [Fact]
    public Task SalesDatedOrRecordedLater_ChangeNothingAsOfThen() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var options = Options(test) with
        {
            Population = test.Population with { AsOf = AsOf.EndOf(test.Population.AsOf.Date, TimeZoneInfo.Utc) },
        };
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var before = await TierAnalysis.RunAsync(connection, options, default);
        await test.WithLaterSales().LoadAsync(warehouse);
        var after = await TierAnalysis.RunAsync(connection, options, default);

        // Why a population is empty is told of all sales there are; everything else is told of what was known then.
        Assert.Equal(Text(before with { Notes = [] }), Text(after with { Notes = [] }));
    });

    [Fact]
    public Task Moves_AreWhatJoiningTheTiersOfBothDatesGives() => SalesCase.ForAllAsync(async (warehouse, test) =>
    {
        var options = Options(test);
        var earlier = AsOf.EndOf(test.Population.AsOf.Date.AddDays(-12), TimeZoneInfo.Utc);
        if (options.Population.Window.FirstDate(test.Population.AsOf.Date) > earlier.Date && options.Population.Window.IsOpen)
        {
            return;
        }

        await using var connection = await warehouse.Database.ConnectAsync(default);
        var before = await CustomersAsync(options with { Population = options.Population with { AsOf = earlier } });
        var after = await CustomersAsync(options);

        var found = await TierComparison.RunAsync(connection, options, earlier, mostLeavers: 3, default);

        var moves =
            from key in before.Keys.Union(after.Keys)
            let was = before.GetValueOrDefault(key)
            let now = after.GetValueOrDefault(key)
            group (Was: was?.Value ?? 0, Is: now?.Value ?? 0) by (From: was?.Tier, To: now?.Tier) into pair
            select new TierMove(pair.Key.From, pair.Key.To, pair.Count(), pair.Sum(one => one.Was), pair.Sum(one => one.Is));
        var best = options.Rule.Tiers[0].Name;
        var left = before.Values.Where(one => one.Tier == best && after.GetValueOrDefault(one.CustomerKey)?.Tier != best).ToList();
        Assert.Equal(moves.Order(ByName), found.Moves.Order(ByName));
        Assert.Equal(left.Count, found.Left);
        Assert.Equal(left.Sum(Loss), found.Cost);
        Assert.Equal(
            left.OrderByDescending(Loss).ThenBy(one => one.CustomerKey).Take(3).Select(one => one.CustomerKey),
            found.Leavers.Select(one => one.CustomerKey));

        foreach (var move in found.Moves)
        {
            var movers = await TierComparison.MoversAsync(connection, options, earlier, move.From, move.To, default);
            Assert.Equal(
                before.Keys.Union(after.Keys).Where(key => before.GetValueOrDefault(key)?.Tier == move.From && after.GetValueOrDefault(key)?.Tier == move.To).Order(),
                movers.Customers.Select(one => one.CustomerKey));
            Assert.Equal((move.ValueBefore, move.ValueAfter), (movers.Customers.Sum(one => one.ValueBefore), movers.Customers.Sum(one => one.ValueAfter)));
        }

        async Task<Dictionary<int, TierCustomer>> CustomersAsync(TierOptions asked)
        {
            await using var tiers = await TierAnalysis.AssignAsync(connection, asked, default);
            return await tiers.CustomersAsync().ToDictionaryAsync(one => one.CustomerKey);
        }

        decimal Loss(TierCustomer one) => one.Value - (after.GetValueOrDefault(one.CustomerKey)?.Value ?? 0);
    });

    private static readonly IComparer<TierMove> ByName = Comparer<TierMove>.Create((one, other) =>
        string.CompareOrdinal($"{one.From}>{one.To}", $"{other.From}>{other.To}"));

    private static IReadOnlyList<OracleCustomer> Population(SalesCase test, TierOptions options) =>
        [.. SalesOracle.Of(test.Sales, test.Population).Customers.Where(one => options.ZeroSpenders == Counting.Counted || one.Value > 0)];

    private static TierOptions Options(SalesCase test) => new(test.Population)
    {
        ZeroSpenders = test.Seed % 2 == 0 ? Counting.Counted : Counting.LeftOut,
        Rule = (test.Seed / 2 % 3) switch
        {
            0 => TierRule.ByValue,
            1 => TierRule.ByCustomers,
            _ => TierRule.Of(
                test.Seed % 5 == 0 ? TierBasis.Value : TierBasis.Customers,
                [.. Enumerable.Range(1, test.Bins).Select(tier => new TierLimit($"{tier}", tier == test.Bins ? 1 : (decimal)tier / test.Bins))]),
        },
    };

    private static string Text(TierResult result) => JsonSerializer.Serialize(result);
}
