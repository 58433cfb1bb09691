using System.Globalization;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Tests.OtherProducts;

/// <summary>
/// The tricky questions that the suites of Cube.js, Mondrian, MetricFlow, Malloy and LookML ask (fan-out, semi-additive gaps, grain to
/// date, offsets, symmetric aggregates, NULL members, ties), over data of our own; what is expected is computed the long way.
/// </summary>
public class OtherProductsQuestionsTests
{
    private static QueryTexts Ask(string measures, string? by = null, string? where = null, string cube = "sales") =>
        new() { Cube = cube, Measures = measures, By = by, Where = where };

    private static string Show(params object?[] values) => string.Join(" | ", values.Select(value => value switch
    {
        null => "null",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => Math.Round(number, 6).ToString("0.######", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));

    private static decimal? Sum(IEnumerable<Sale> sales) => sales.Any(sale => sale.Amount is not null) ? sales.Sum(sale => sale.Amount) : null;

    private static decimal? Median(IEnumerable<Sale> sales)
    {
        var amounts = sales.Select(sale => sale.Amount).OfType<decimal>().Order().ToArray();
        return amounts.Length == 0 ? null : (amounts[(amounts.Length - 1) / 2] + amounts[amounts.Length / 2]) / 2;
    }

    private static IEnumerable<Sale> Within(DateOnly from, DateOnly to) => Chain.Sales.Where(sale => sale.Day >= from && sale.Day < to);

    private static IEnumerable<string?> InterestsOf(Sale sale) => Chain.Interests.Where(each => each.Customer == sale.Customer).Select(each => (string?)each.Interest).DefaultIfEmpty(null);

    private static IEnumerable<string?> OwnersOf(Sale sale) => Chain.Owners.Where(each => each.Order == sale.Order).Select(each => (string?)each.Owner).DefaultIfEmpty(null);

    private static string Measured(Sale[] sales) => Show(
        Sum(sales), sales.Length, sales.Select(sale => sale.Order).Distinct().Count(), sales.Average(sale => sale.Amount), Median(sales), Sum(sales) / sales.Select(sale => sale.Order).Distinct().Count());

    /// <summary>LookML's symmetric aggregates, Cube's multiplied measures, Malloy's join_many: each fact once for each pair of members, once in every total.</summary>
    [Fact]
    public async Task TwoToManyJoins_MultiplyNothing_AtAnyLevelOfTotals()
    {
        await using var chain = await Chain.Create();
        const string measures = "amount, lines, orders, mean, middle, per_order";
        var rows = Chain.Sales.SelectMany(sale => from interest in InterestsOf(sale) from owner in OwnersOf(sale) select (interest, owner, sale)).ToArray();
        string Name(string? name) => name ?? "null";
        string[] expected =
        [
            .. rows.GroupBy(row => (row.interest, row.owner)).Select(group => $"{Name(group.Key.interest)} | {Name(group.Key.owner)} | {Measured([.. group.Select(row => row.sale)])}"),
            .. rows.GroupBy(row => row.interest).Select(group => $"{Name(group.Key)} | * | {Measured([.. group.Select(row => row.sale).Distinct(ReferenceEqualityComparer.Instance).Cast<Sale>()])}"),
            .. rows.GroupBy(row => row.owner).Select(group => $"* | {Name(group.Key)} | {Measured([.. group.Select(row => row.sale).Distinct(ReferenceEqualityComparer.Instance).Cast<Sale>()])}"),
            $"* | * | {Measured([.. Chain.Sales])}",
        ];
        var answer = CubeTest.Lines(await chain.Ask(Ask(measures, "interest.name, owner.name") with { Totals = "cube" }));
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Order(StringComparer.Ordinal));
    }

    /// <summary>Filters through both joins choose facts, and do not multiply them.</summary>
    [Fact]
    public async Task FiltersThroughTwoToManyJoins_ChooseFactsOnce()
    {
        await using var chain = await Chain.Create();
        var chosen = Chain.Sales.Where(sale => InterestsOf(sale).Any(name => name is "golf" or "golf club") && OwnersOf(sale).Any(name => name is "Ada" or "Cyd")).ToArray();
        await chain.Answers(Ask("amount, lines, orders, mean, middle, per_order", where: "interest.name like 'golf%' and owner.name in ('Ada', 'Cyd')"), Measured(chosen));
    }

    /// <summary>Mondrian's and Cube's distinct counts in subtotals, asked of facts and of a rollup, which engine options compare.</summary>
    [Fact]
    public async Task DistinctCountsAndRatiosInSubtotals_AreOfTheFacts_AlsoFromARollup()
    {
        await using var chain = await Chain.Create(new CubeEngineOptions { ComparesRollups = true, Generation = (_, _) => Task.FromResult(new GenerationStamp(1, DateTimeOffset.UnixEpoch)) });
        await chain.Engine.BuildRollupsAsync();
        var query = Ask("amount, orders, customers, mean, per_order", "date.year, customer.city") with { Totals = "cube" };
        Assert.Contains("sales.monthly", (await chain.Engine.ExplainAsync(query.Parse())).Rollups.Where(choice => choice.Refusal is null).Select(choice => choice.Rollup));
        string Of(IEnumerable<Sale> group)
        {
            var sales = group.ToArray();
            var orders = sales.Select(sale => sale.Order).Distinct().Count();
            return Show(Sum(sales), orders, sales.Select(sale => sale.Customer).Distinct().Count(), sales.Average(sale => sale.Amount), Sum(sales) / orders);
        }

        string[] expected =
        [
            .. Chain.Sales.GroupBy(sale => (sale.Day.Year, sale.City)).Select(group => $"{group.Key.Year} | {group.Key.City ?? "null"} | {Of(group)}"),
            .. Chain.Sales.GroupBy(sale => sale.Day.Year).Select(group => $"{group.Key} | * | {Of(group)}"),
            .. Chain.Sales.GroupBy(sale => sale.City).Select(group => $"* | {group.Key ?? "null"} | {Of(group)}"),
            $"* | * | {Of(Chain.Sales)}",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), CubeTest.Lines(await chain.Ask(query)).Order(StringComparer.Ordinal));
    }

    /// <summary>A question by a bridge cannot be answered from a rollup, and says why.</summary>
    [Fact]
    public async Task RollupBesideABridge_IsNotTaken_AndSaysWhy()
    {
        await using var chain = await Chain.Create(new CubeEngineOptions { Generation = (_, _) => Task.FromResult(new GenerationStamp(1, DateTimeOffset.UnixEpoch)) });
        await chain.Engine.BuildRollupsAsync();
        var byBridge = await chain.Engine.ExplainAsync(Ask("amount", "interest.name").Parse());
        Assert.Equal("a fact has any number of interest.name", Assert.Single(byBridge.Rollups).Refusal);
        var filtered = await chain.Engine.ExplainAsync(Ask("amount", "date.month", "interest.name = 'golf'").Parse());
        Assert.Contains("does not keep", Assert.Single(filtered.Rollups).Refusal, StringComparison.Ordinal);
    }

    /// <summary>MetricFlow's semi-additive measures with window groupings, LookML's and Power BI's last non-blank: gaps, days of each store's own, totals of their own.</summary>
    [Fact]
    public async Task Balances_WithGapsAndStoresOfTheirOwnDays()
    {
        await using var chain = await Chain.Create();
        await chain.Answers(
            Ask("last, each_last, first, usual", "date.month", cube: "stocks") with { Totals = "grand" },
            "2020-01-01 | 90 | 97 | 100 | 65.666667", "2020-03-01 | 9 | 9 | 9 | 9", "2020-04-01 | 50 | 50 | 50 | 50", "* | 50 | 59 | 100 | 51.2");
        await chain.Answers(
            Ask("last, each_last", "date.quarter, store.store", cube: "stocks") with { Totals = "rollup" },
            "2020-01-01 | north | 90 | 90", "2020-01-01 | south | 9 | 9", "2020-01-01 | * | 9 | 99", "2020-04-01 | north | 50 | 50", "2020-04-01 | * | 50 | 50", "* | * | 50 | 59");
    }

    /// <summary>MetricFlow's grain to date, asked by another grain than it accumulates in; Cube's rolling windows over days without facts.</summary>
    [Theory]
    [InlineData("date.month", "month")]
    [InlineData("date.month", "year")]
    [InlineData("date.quarter", "year")]
    [InlineData("date.day", "month")]
    [InlineData("date.month", "fiscal_year")]
    public async Task GrainToDate_AtTheGrainAsked_IsUpToThePeriodsEnd(string by, string grain)
    {
        await using var chain = await Chain.Create();
        var answer = await chain.Ask(Ask($"to_date(amount, {grain}) as sum, to_date(orders, {grain}) as count, to_date(mean, {grain}) as average", by));
        Assert.NotEmpty(answer.Rows);
        foreach (var row in answer.Rows)
        {
            var from = (DateOnly)row.Values[0]!;
            var to = by switch { "date.day" => from.AddDays(1), "date.month" => from.AddMonths(1), _ => from.AddMonths(3) };
            var last = to.AddDays(-1);
            var start = grain switch
            {
                "month" => new DateOnly(last.Year, last.Month, 1),
                "year" => new DateOnly(last.Year, 1, 1),
                _ => new DateOnly(last.Month < 4 ? last.Year - 1 : last.Year, 4, 1),
            };
            var sales = Within(start, to).ToArray();
            Assert.Equal(Show(from, Sum(sales), sales.Select(sale => sale.Order).Distinct().Count(), sales.Average(sale => sale.Amount)), Assert.Single(CubeTest.Lines(answer with { Rows = [row] })));
        }
    }

    /// <summary>MetricFlow's offset windows and Mondrian's ParallelPeriod: the month before 31 March is February as a whole, the day before is one day; leap days and years.</summary>
    [Fact]
    public async Task Offsets_AtMonthEndsAndLeapDays()
    {
        await using var chain = await Chain.Create();
        await chain.Answers(Ask("amount, prior(amount, month) as before", "date.month", "date.month in (2020-02, 2020-03)"), "2020-02-01 | 120 | 20", "2020-03-01 | null | 120");
        await chain.Answers(Ask("amount, prior(amount, year) as before", "date.day", "date.day in (2021-02-28, 2021-03-01)"), "2021-02-28 | 33 | 40", "2021-03-01 | 20 | null");
        await chain.Answers(Ask("amount, prior(amount, year) as before, change_percent(amount, year) as growth", "date.month", "date.month = 2021-02"), "2021-02-01 | 33 | 120 | -0.725");
        await chain.Answers(Ask("prior(to_date(amount, year), year) as before", "date.month", "date.month = 2021-03"), "2021-03-01 | 140");
        await chain.Answers(Ask("rolling(amount, 12 months) as year, rolling(amount, 366 days) as days", "date.month", "date.month = 2021-02"), Show(new DateOnly(2021, 2, 1), Sum(Within(new(2020, 3, 1), new(2021, 3, 1))), Sum(Within(new(2020, 2, 29), new(2021, 3, 1)))));
    }

    /// <summary>ISO weeks at year ends: the days around New Year belong to the week that holds the Thursday.</summary>
    [Fact]
    public async Task IsoWeeksAtYearEnds_HoldDaysOfTwoYears_AndThe53rdHasNoneBeforeIt()
    {
        await using var chain = await Chain.Create();
        await chain.Answers(
            Ask("amount, prior(amount, week) as before, prior(amount, year) as year_before", "date.week", "date.week in (2020-W01, 2020-W53, 2021-W01)"),
            "2019-12-30 | 45 | null | null", "2020-12-28 | 15 | null | null", "2021-01-04 | -12 | 15 | 45");
        await chain.Answers(Ask("amount", where: "date.week = 2020-W53 and date.year = 2021"), "3");
        Assert.Equal("2020-W53", (await chain.Ask(Ask("amount", "date.week", "date.week = 2020-W53"))).Columns[0].Text(new DateOnly(2020, 12, 28), CultureInfo.InvariantCulture));
    }

    /// <summary>Cube's and Looker's top-N with others: ties are broken by the member, members without a name rank, the rest is of its facts.</summary>
    [Fact]
    public async Task TopWithTies_IsStable_AndTheRestIsOfItsFacts()
    {
        await using var chain = await Chain.Create();
        var ranked = Chain.Sales.GroupBy(sale => sale.City).Select(group => (City: group.Key, Orders: group.Select(sale => sale.Order).Distinct().Count()))
            .OrderByDescending(each => each.Orders).ThenBy(each => each.City is null).ThenBy(each => each.City, StringComparer.Ordinal).ToArray();
        for (var count = 1; count <= 4; count++)
        {
            var first = ranked.Take(count).ToArray();
            var rest = Chain.Sales.Where(sale => first.All(each => each.City != sale.City)).ToArray();
            string[] expected =
            [
                .. first.Select(each => Show(each.City, each.Orders)),
                .. rest.Length == 0 ? Array.Empty<string>() : [Show("Others", rest.Select(sale => sale.Order).Distinct().Count())],
                Show("*", Chain.Sales.Select(sale => sale.Order).Distinct().Count()),
            ];
            await chain.Answers(Ask("orders", "customer.city") with { Top = string.Create(CultureInfo.InvariantCulture, $"top {count} customer.city by orders"), Totals = "grand" }, expected);
        }
    }

    /// <summary>Mondrian's and Cube's filters on measures of another fact: rows are chosen after both facts are aggregated, each by itself.</summary>
    [Fact]
    public async Task FiltersAndRanksByAnotherFactsMeasure_NeitherMultiplyNorLose()
    {
        await using var chain = await Chain.Create();
        await chain.Answers(Ask("amount, complaints.complaints", "customer.city") with { Having = "complaints.complaints >= 1" }, "Bern | 100 | 1", "Rome | 65 | 2", "null | 54 | 1");
        await chain.Answers(Ask("amount", "customer.city") with { Having = "complaints.complaints = 0" }, "Oslo | 13");
        await chain.Answers(Ask("amount", where: "top 1 customer.city by complaints.complaints"), "65");
        await chain.Answers(Ask("amount, complaints.complaints, amount / complaints.complaints as each", "date.year"), "2019 | 25 | 0 | null", "2020 | 152 | 3 | 50.666667", "2021 | 55 | 1 | 55");
        await chain.Answers(Ask("complaints.complaints, orders", "date.month", "date.month in (2021-01, 2021-02)"), "2021-01-01 | 1 | 2", "2021-02-01 | 0 | 1");
    }

    /// <summary>NULL members: a value is neither equal nor unequal to nothing, sorts after the others either way, and counts in totals.</summary>
    [Fact]
    public async Task NullMembers_AreInTotals_AndInNoConditionButTheirOwn()
    {
        await using var chain = await Chain.Create();
        foreach (var (where, cities) in new (string, string?[])[]
        {
            ("customer.city <> 'Rome'", ["Oslo", "Bern"]), ("not (customer.city = 'Rome')", ["Oslo", "Bern"]), ("customer.city not in ('Rome', 'Oslo')", ["Bern"]),
            ("customer.city is null", [null]), ("customer.city is not null", ["Oslo", "Rome", "Bern"]), ("not (customer.city like 'R%')", ["Oslo", "Bern"]), ("customer.city = 'Rome' or customer.city is null", ["Rome", null]),
        })
        {
            await chain.Answers(Ask("amount", where: where), Show(Sum(Chain.Sales.Where(sale => cities.Contains(sale.City)))));
        }

        Assert.Equal(["Bern", "Oslo", "Rome", null], (await chain.Ask(Ask("amount", "customer.city"))).Rows.Select(row => row.Values[0]));
        Assert.Equal(["Rome", "Oslo", "Bern", null], (await chain.Ask(Ask("amount", "customer.city") with { Order = "customer.city desc" })).Rows.Select(row => row.Values[0]));
        await chain.Answers(Ask("amount", "date.month", "date.month in (2020-03, 2020-02)") with { Order = "amount desc" }, "2020-02-01 | 120", "2020-03-01 | null");
        await chain.Answers(Ask("mean, amounts, lines, per_order, coalesce(amount, 0) as known", where: "date.month = 2020-03"), "null | 0 | 1 | null | 0");
    }

    /// <summary>Windows reach before the filter, over days without facts, for measures that do not add up; accumulations begin with the first fact of all.</summary>
    [Fact]
    public async Task WindowsOverGaps_CountFactsBeforeTheFilter()
    {
        await using var chain = await Chain.Create();
        var query = Ask("rolling(orders, 7 days) as week, cumulative(customers) as ever, cumulative(amount) as all, rolling(middle, 7 days) as median", "date.day", "date.day between 2020-12-30 and 2021-01-04") with { IsDense = true };
        var answer = await chain.Ask(query);
        Assert.Equal(6, answer.Rows.Count);
        foreach (var row in answer.Rows)
        {
            var day = (DateOnly)row.Values[0]!;
            var week = Within(day.AddDays(-6), day.AddDays(1)).ToArray();
            var all = Within(DateOnly.MinValue, day.AddDays(1)).ToArray();
            Assert.Equal(
                Show(day, week.Select(sale => sale.Order).Distinct().Count(), all.Select(sale => sale.Customer).Distinct().Count(), Sum(all), Median(week)),
                Assert.Single(CubeTest.Lines(answer with { Rows = [row] })));
        }
    }

    /// <summary>Shares stay shares of what was asked; limits, having and top leave the whole as it is; nothing divided by nothing is nothing.</summary>
    [Fact]
    public async Task SharesUnderFiltersLimitsAndTotals_AreOfTheWholeAskedFor()
    {
        await using var chain = await Chain.Create();
        var whole = Sum(Chain.Sales.Where(sale => sale.Day.Year == 2020));
        await chain.Answers(
            Ask("amount, share(amount) as part", "customer.city", "date.year = 2020") with { Order = "amount desc", Limit = 2, Totals = "grand" },
            Show("Bern", 80m, 80 / whole), Show("null", 40m, 40 / whole), Show("*", whole, 1m));
        await chain.Answers(Ask("share(amount, date.year) as part, rank(amount, date.year) as place", "date.year, customer.city", "date.year = 2021"), "2021 | Bern | 0.363636 | 2", "2021 | Oslo | -0.218182 | 4", "2021 | Rome | 0.6 | 1", "2021 | null | 0.254545 | 3");
        await chain.Answers(Ask("amount, share(amount) as part, per_order, lines", where: "date.year = 2018"), "null | null | null | 0");
        await chain.Answers(Ask("amount, lines", "customer.city", "date.year = 2018") with { Totals = "grand" }, "* | null | 0");
    }

    /// <summary>The same role on two days in one question, and in one after the other: neither is taken for the other.</summary>
    [Fact]
    public async Task TheSameMemberOnDifferentDays_IsPlannedAnewForEach()
    {
        const string model = "cube: c\ntable: f\ndimensions: { d: { table: s, key: id, on: id, snapshots: day, attributes: [tier] } }\nmeasures: { n: { count: rows } }\n";
        await using var test = await CubeTest.Create(
            "CREATE TABLE f AS SELECT 1 AS id; CREATE TABLE s (id INTEGER, day DATE, tier VARCHAR); INSERT INTO s VALUES (1, '2025-01-01', 'old'), (1, '2025-06-01', 'new');", model);
        foreach (var (day, tier) in new[] { ("2025-01-31", "old"), ("2025-06-30", "new"), ("2025-01-31", "old") })
        {
            await test.Answers(new QueryTexts { Cube = "c", Measures = "n", By = $"d.tier@{day}" }, $"{tier} | 1");
        }
    }

    /// <summary>Days end where they end in the workspace's time zone, also on those of 23 and 25 hours and where midnight is skipped.</summary>
    [Theory]
    [InlineData("Europe/Berlin", "2025-03-30", "2025-03-30T21:59:59Z", "2025-03-30T22:00:00Z")]
    [InlineData("Europe/Berlin", "2025-10-26", "2025-10-26T22:59:59Z", "2025-10-26T23:00:00Z")]
    [InlineData("America/New_York", "2025-11-02", "2025-11-03T04:59:59Z", "2025-11-03T05:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-03", "2018-11-04T02:59:59Z", "2018-11-04T03:00:00Z")]
    [InlineData("Pacific/Kiritimati", "2025-01-01", "2025-01-01T09:59:59Z", "2025-01-01T10:00:00Z")]
    public async Task AsOfADay_EndsWithItInTheTimeZone(string zone, string day, string before, string after)
    {
        const string model = "cube: c\ntable: f\nknown_at: known\nmeasures: { n: { count: rows } }\n";
        await using var test = await CubeTest.Create(
            $"CREATE TABLE f (known TIMESTAMPTZ); INSERT INTO f VALUES ('{before}'), ('{after}');", new CubeEngineOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) }, model);
        await test.Answers(new QueryTexts { Cube = "c", Measures = "n", AsOf = day }, "1");
    }
}
