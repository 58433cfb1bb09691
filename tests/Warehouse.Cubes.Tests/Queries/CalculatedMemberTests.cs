using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Tests.BruteForce;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class CalculatedMemberTests
{
    private const string Tables = """
        CREATE TABLE customer (customer_key INTEGER, country VARCHAR, born INTEGER);
        INSERT INTO customer VALUES (-1, NULL, NULL), (1, 'UK', 1980), (2, 'Ireland', 1990), (3, 'France', 1980), (4, 'Oman', 2000), (5, 'United States', 1970);
        CREATE TABLE sale (customer_key INTEGER, order_id VARCHAR, day DATE, amount DECIMAL(18,2));
        INSERT INTO sale VALUES
            (1, 'A', '2025-01-05', 10), (1, 'A', '2025-02-05', 20), (2, 'A', '2025-01-06', 4), (3, 'B', '2025-01-07', 30),
            (4, 'B', '2025-02-08', 7), (5, 'C', '2025-02-09', 100), (-1, 'D', '2025-02-10', 1);
        """;

    private const string Shared = """
        dimensions:
          customer:
            table: customer
            key: customer_key
            unknown: -1
            attributes: [country, born]
            members:
              market:
                of: country
                caption: { en: Market, de: Markt }
                is:
                  Isles: UK + Ireland
                  Europe: Isles + France
                  EMEA: Europe + Oman
                  Continent: Europe - Isles
                  UK without Ireland: UK - Ireland
              generation: { of: born, is: { eighties: 1980, later: 1990 + 2000 } }

        """;

    private const string Sales = """
        cube: sales
        table: sale
        dimensions:
          customer: customer_key
          date: { attributes: [], time: true, key: day }
        measures:
          amount: { sum: amount }
          lines: { count: rows }
          orders: { count_distinct: order_id }
          customers: { count_distinct: customer }
          highest: { max: amount }
          middle: { median: amount }
          per_line: { is: amount / lines }
        """;

    private static Task<CubeTest> Create() => CubeTest.Create(Tables, Shared, Sales);

    private static QueryTexts By(string measures, string? where = null, string? by = "customer.market", string? totals = null) =>
        new() { Cube = "sales", Measures = measures, By = by, Where = where, Totals = totals };

    [Fact]
    public async Task Sums_AddUpOverUnionsAndDifferences_AndTotalsCountEachFactOnce()
    {
        await using var test = await Create();
        await test.Answers(
            By("amount, lines, per_line", totals: "grand"),
            "Continent | 30 | 1 | 30", "EMEA | 71 | 5 | 14.2", "Europe | 64 | 4 | 16", "Isles | 34 | 3 | 11.333333",
            "UK without Ireland | 26 | 1 | 26", "null | 101 | 2 | 50.5", "* | 172 | 7 | 24.571429");
    }

    [Fact]
    public async Task DistinctCountsExtremesAndMedians_AreThoseOfTheUnion()
    {
        await using var test = await Create();
        await test.Answers(
            By("orders, customers, highest, middle", "customer.market in ('Isles', 'Europe', 'EMEA', 'Continent')"),
            "Continent | 1 | 1 | 30 | 30", "EMEA | 2 | 4 | 30 | 10", "Europe | 2 | 3 | 30 | 15", "Isles | 1 | 2 | 20 | 10");
    }

    [Fact]
    public async Task WhatDoesNotAddUp_IsRefusedForADifference_WithTheReason()
    {
        await using var test = await Create();
        foreach (var measures in new[] { "orders", "customers", "highest", "middle", "cumulative(orders) as ever", "avg(amount, customer) as each" })
        {
            var fault = await Assert.ThrowsAnyAsync<UserFaultException>(() => test.Ask(By(measures, by: "customer.market")));
            Assert.Contains("\"UK without Ireland\" is a difference, and ", fault.Message, StringComparison.Ordinal);
            Assert.Contains("does not add up over facts", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Conditions_SayWhichMembersAreMeantAndShown()
    {
        await using var test = await Create();
        await test.Answers(By("amount", "customer.market = 'Isles'"), "Isles | 34");
        await test.Answers(By("amount", "customer.market = 'Isles'", by: "customer.country"), "Ireland | 4", "UK | 30");
        await test.Answers(By("amount", "customer.market <> 'Europe'", by: null), "107");
        await test.Answers(By("only(amount, customer.market = 'Isles') as isles, amount", by: "customer.generation"), "eighties | 30 | 60", "later | 4 | 11", "null | null | 101");
        var unknown = await Assert.ThrowsAnyAsync<UserFaultException>(() => test.Ask(By("amount", "customer.market = 'Ilses'")));
        Assert.Contains("Did you mean \"Isles\"?", unknown.Message, StringComparison.Ordinal);
        foreach (var condition in new[] { "customer.market = 'UK without Ireland'", "customer.market like 'E%'", "top 2 customer.market by amount" })
        {
            await Assert.ThrowsAnyAsync<UserFaultException>(() => test.Ask(By("amount", condition)));
        }
    }

    [Fact]
    public async Task TimeComparesSharesAndPivots_GoOverThem()
    {
        await using var test = await Create();
        var answer = await test.Ask(By("amount, prior(amount, month) as before, cumulative(amount) as ever, share(amount) as part", by: "customer.market, date.month"));
        Assert.Equal(
            ["EMEA | 2025-01-01 | 44 | null | 44 | 0.255814", "EMEA | 2025-02-01 | 27 | 44 | 71 | 0.156977", "UK without Ireland | 2025-01-01 | 6 | null | 6 | 0.034884", "UK without Ireland | 2025-02-01 | 20 | 6 | 26 | 0.116279"],
            CubeTest.Lines(answer).Where(line => line.StartsWith("EMEA", StringComparison.Ordinal) || line.StartsWith("UK", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task DrillThrough_ShowsTheFactsOfAUnion_AndSaysWhyNotThoseOfADifference()
    {
        await using var test = await Create();
        var query = By("amount").Parse();
        var answer = await test.Engine.QueryAsync(query);
        var details = await test.Engine.DetailsAsync(new DetailQuery(query, answer.Row("Isles")), CubeAccess.Everything);
        Assert.Equal(3, details.Rows.Count);
        var fault = await Assert.ThrowsAsync<WrongCommandException>(() => test.Engine.DetailsAsync(new DetailQuery(query, answer.Row("UK without Ireland")), CubeAccess.Everything));
        Assert.Contains("customer.country", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("m: { of: land, is: { x: UK } }", "The attributes are born, country.")]
    [InlineData("m: { of: country, is: { x: UK - UK } }", "Nothing is left of \"UK - UK\".")]
    [InlineData("m: { of: country, is: { x: y + UK, y: Oman } }", "\"y\" is not defined before it is used")]
    [InlineData("m: { of: country, is: { x: UK * 2 } }", "Expected members with + and - between them")]
    [InlineData("country: { of: born, is: { x: 1980 } }", "There is an attribute \"country\" already.")]
    [InlineData("m: { of: country }", "\"is\" is missing")]
    public void WrongDefinitions_AreFaultsAtTheirPlaces(string members, string message)
    {
        var fault = Assert.Throws<DefinitionException>(() => CubeModel.Parse(("s.yaml", $"dimensions:\n  c: {{ table: customer, key: customer_key, attributes: [country, born], members: {{ {members} }} }}\n")));
        Assert.Contains(message, Assert.Single(fault.Faults).Message, StringComparison.Ordinal);
        Assert.Equal(2, fault.Faults[0].Line);
    }

    [Fact]
    public async Task PartOfAnotherType_IsAFaultOfTheDefinition()
    {
        await using var test = await CubeTest.Create(Tables, Shared.Replace("1990 + 2000", "abc + 2000", StringComparison.Ordinal), Sales);
        var fault = await Assert.ThrowsAsync<DefinitionException>(() => test.Ask(By("amount", by: "customer.generation")));
        Assert.Contains("'abc' is no value of this attribute: it is a number.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoleThatSeesMaskedValues_SeesNoMembersOfThem()
    {
        var roles = "roles:\n  south: { cubes: { sales: all }, masked: { customer.country: all } }\n  east: { cubes: { sales: all }, masked: { customer.market: all } }\n";
        await using var test = await CubeTest.Create(Tables, Shared + roles, Sales);
        async Task<string[]> Seen(string role, QueryTexts query) => CubeTest.Lines(await test.Engine.QueryAsync(query.Parse(), CubeAccess.Of(test.Engine.Model, role)));
        Assert.Equal(["null | 172"], await Seen("south", By("amount")));
        Assert.Empty(await Seen("south", By("amount", "customer.market = 'Isles'")));
        Assert.DoesNotContain(await Seen("east", By("amount", totals: "grand")), line => line.Contains("Isles", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<UserFaultException>(() => Seen("east", By("amount", "customer.market = 'Isles'")));
    }

    [Fact]
    public void RandomMembers_AreTheSetsAndSumsOfTheirParts() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => Compare(seed).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS") is "1" ? 500 : 15).WithReplay(20_251_122, 3));

    /// <summary>Each member as a sum of kinds with signs, beside the same over the facts in C#.</summary>
    private static async Task Compare(int seed)
    {
        string[] kinds = ["mug", "pan", "lamp", "it's"];
        var random = new Random(seed);
        var shop = new RandomShop(random);
        var members = Enumerable.Range(0, 4).Select(place =>
        {
            var taken = kinds.Where(_ => random.Next(2) == 0).ToArray();
            var away = random.Next(2) == 0 ? [] : kinds.Except(taken).Where(_ => random.Next(2) == 0).ToArray();
            taken = taken.Length == 0 ? [kinds[place]] : taken;
            away = [.. away.Except(taken)];
            return (Name: string.Create(CultureInfo.InvariantCulture, $"M{place}"), Taken: taken, Away: away);
        }).ToArray();
        static string Quoted(string kind) => $"'{kind.Replace("'", "''", StringComparison.Ordinal)}'";
        var definition = string.Join('\n', members.Select(member => $"          {member.Name}: \"{string.Join(" + ", member.Taken.Select(Quoted))}{string.Concat(member.Away.Select(kind => $" - {Quoted(kind)}"))}\""));
        var model = RandomShop.Model.Replace(
            "attributes: [kind, colour] }", $"attributes: [kind, colour], members:\n      {{ set: {{ of: kind, is: {{\n{definition.Replace("\n", ",\n", StringComparison.Ordinal)} }} }} }} }}", StringComparison.Ordinal);
        await using var test = await CubeTest.Create(shop.Sql, model);

        foreach (var (name, taken, away) in members)
        {
            int Weight(Fact fact) => fact.Kind is { } kind ? (taken.Contains(kind) ? 1 : 0) - (away.Contains(kind) ? 1 : 0) : 0;
            var met = shop.Facts.Where(fact => Weight(fact) != 0).GroupBy(fact => fact.Colour).ToArray();
            var isSet = away.Length == 0;
            var expected = met.Select(facts => string.Join(" | ", new[]
            {
                facts.Key ?? "null", name,
                OracleQuery.Show(facts.Any(fact => fact.Amount is not null) ? facts.Sum(fact => fact.Amount * Weight(fact)) : null),
                OracleQuery.Show(facts.Sum(Weight)),
                isSet ? OracleQuery.Show(facts.Where(fact => fact.Customer >= 0).Select(fact => fact.Customer).Distinct().Count()) : "",
            })).Order(StringComparer.Ordinal);

            var where = isSet ? $"item.set = '{name}'" : null;
            var result = await test.Ask(new QueryTexts { Cube = "facts", Measures = isSet ? "amount, rows, customers" : "amount, rows", By = "item.colour, item.set", Where = where });
            var actual = result.Rows.Where(row => row.Values[1] is string text && text == name).Select(row => string.Join(" | ", new[]
            {
                (string?)row.Values[0] ?? "null", name,
                OracleQuery.Show(row.Values[2] is null ? null : Convert.ToDecimal(row.Values[2], CultureInfo.InvariantCulture)),
                OracleQuery.Show(Convert.ToDecimal(row.Values[3], CultureInfo.InvariantCulture)),
                isSet ? OracleQuery.Show(Convert.ToDecimal(row.Values[4], CultureInfo.InvariantCulture)) : "",
            })).Order(StringComparer.Ordinal);
            Assert.Equal(expected, actual);
        }
    }
}
