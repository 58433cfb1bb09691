using Warehouse.Cubes.Query;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Tests.Queries;

public class TimeTests
{
    [Fact]
    public async Task Prior_ReachesBeforeTheFilter()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts
            {
                Cube = "sales",
                Measures = "net_sales, prior(net_sales, month) as before, change(net_sales, month) as change, prior(customers, month) as customers_before",
                By = "date.month",
                Where = "date.month between 2011-02 and 2011-03",
                Totals = "grand",
            },
            "2011-02-01 | 20 | 30 | -10 | 1",
            "2011-03-01 | 45 | 20 | 25 | 1",
            "* | 65 | 50 | 15 | 2");
    }

    [Fact]
    public async Task RollingAndToDate_AreRightForDistinctCountsAndRatios()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts
            {
                Cube = "sales",
                Measures = "rolling(net_sales, 2 months) as r2, rolling(customers, 2 months) as c2, to_date(net_sales, quarter) as qtd, to_date(average_order, year) as ytd, cumulative(orders) as all_orders, to_date(net_sales, fiscal_year) as fytd",
                By = "date.month",
                Where = "date.month between 2011-02 and 2011-04",
            },
            "2011-02-01 | 50 | 2 | 50 | 25 | 2 | 50",
            "2011-03-01 | 65 | 2 | 95 | 23.75 | 4 | 95",
            "2011-04-01 | 45 | 1 | null | 23.75 | 4 | null");
    }

    [Fact]
    public async Task ComparisonsCompose_ShiftThenExtend()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "prior(rolling(net_sales, 2 months), month) as before, rolling(prior(net_sales, month), 2 months) as same", By = "date.month", Where = "date.month = 2011-03" },
            "2011-03-01 | 50 | 50");
    }

    [Fact]
    public async Task UnboundedQuery_ShowsThePeriodsOfTheFacts()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "cumulative(net_sales) as until, share(net_sales) as share", By = "date.month" },
            "null | null | 0.030612",
            "2011-01-01 | 30 | 0.306122",
            "2011-02-01 | 50 | 0.204082",
            "2011-03-01 | 95 | 0.459184");
    }

    [Theory]
    [InlineData("prior(lines, 90000 years)", "null")]
    [InlineData("rolling(lines, 90000 years)", "5")]
    [InlineData("rolling(lines, 100000 weeks)", "5")]
    public async Task StretchesBeyondAllDays_EndWhereDaysEnd(string measure, string value)
    {
        await using var shop = await Shop.Create();

        await shop.Answers(new QueryTexts { Cube = "sales", Measures = $"{measure} as value", By = "date.year", Where = "date.year = 2011" }, value is "null" ? [] : [$"2011 | {value}"]);
    }

    [Fact]
    public async Task LastPeriodOfTheFacts_IsComparedAsAWhole()
    {
        await using var shop = await Shop.Create();
        await shop.Execute("INSERT INTO star.fact_sale VALUES (7, 1, 2, 1, '2011-02-20', 'F', 1, 7, '2011-02-20 12:00:00+00'); DELETE FROM star.fact_sale WHERE date_key = '2011-03-20'");

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, prior(net_sales, month) as before", By = "date.month", Where = "not (product is unknown)" },
            "2011-01-01 | 30 | null",
            "2011-02-01 | 27 | 30",
            "2011-03-01 | 50 | 27");
    }

    [Fact]
    public async Task WithoutPeriods_TheWholeStretchIsCompared()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, prior(net_sales, month) as before, in_period(net_sales, 2011-01) as january, growth_since(net_sales, 2011-01) as growth", Where = "date.month = 2011-02" },
            "20 | 30 | 30 | -0.333333");
        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "prior(net_sales, year) as before", By = "product.category", Where = "date.month = 2012-03" },
            "kitchen | -5",
            "living | 50");
    }

    [Fact]
    public async Task SameDayLastYear_InLeapYears_IsOneDay()
    {
        await using var calendar = await CubeTest.Create(
            """
            CREATE TABLE facts AS SELECT CAST(range AS DATE) AS day, 1 AS amount FROM range(DATE '2008-01-01', DATE '2014-01-01', INTERVAL 1 DAY);
            CREATE TABLE days AS SELECT day FROM facts;
            """,
            """
            cube: facts
            table: facts
            dimensions:
              date: { table: days, key: day, on: day, time: true }
            measures:
              days: { sum: amount }
            """);

        foreach (var (where, expected) in new[] { ("2012-02-29", "1"), ("2013-02-28", "1"), ("2012-02", "28"), ("2013-02", "29"), ("2012", "365"), ("2013", "366") })
        {
            await calendar.Answers(new QueryTexts { Cube = "facts", Measures = "prior(days, year) as before", Where = $"date.day >= {where} and date.day <= {where}" }, expected);
        }

        await calendar.Answers(
            new QueryTexts { Cube = "facts", Measures = "days, prior(days, year) as before", By = "date.week", Where = "date.week between 2009-W52 and 2010-W01" },
            "2009-12-21 | 7 | 7",
            "2009-12-28 | 7 | null",
            "2010-01-04 | 7 | 7");
    }

    [Fact]
    public async Task DenseAxis_HasARowForEveryPeriod()
    {
        await using var shop = await Shop.Create();

        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "net_sales, lines, cumulative(net_sales) as until", By = "product.name, date.month", Where = "product.name in ('mug', 'lamp') and date.year = 2011 and date.month <= 2011-04", IsDense = true, Totals = "grand" },
            "lamp | 2011-01-01 | null | 0 | null",
            "lamp | 2011-02-01 | null | 0 | null",
            "lamp | 2011-03-01 | 50 | 1 | 50",
            "lamp | 2011-04-01 | null | 0 | 50",
            "mug | 2011-01-01 | 10 | 1 | 10",
            "mug | 2011-02-01 | 20 | 1 | 30",
            "mug | 2011-03-01 | -5 | 1 | 25",
            "mug | 2011-04-01 | null | 0 | 25",
            "* | * | 75 | 4 | 75");
        await shop.Answers(
            new QueryTexts { Cube = "sales", Measures = "contacts.contacts", By = "date.month", IsDense = true },
            "2011-01-01 | 2",
            "2011-02-01 | 0",
            "2011-03-01 | 0",
            "2011-04-01 | 1");
    }

    [Theory]
    [InlineData("prior(lines, month)", "date.month = 2011-01 or product.name = 'mug'", "has to stand by itself")]
    [InlineData("prior(lines, moon)", null, "Expected a unit of time")]
    [InlineData("rolling(lines, month)", null, "Expected a length of time")]
    [InlineData("priro(lines, month)", null, "Did you mean \"prior\"?")]
    [InlineData("prior(lines, month)", "date.month in (2011-01, 2011-03)", "leave gaps")]
    public async Task WhatCannotBeCompared_SaysWhy(string measure, string? where, string message)
    {
        await using var shop = await Shop.Create();

        var fault = await Assert.ThrowsAnyAsync<UserFaultException>(() => shop.Ask(new QueryTexts { Cube = "sales", Measures = measure, Where = where }));

        Assert.True(fault.IsWrongCommand);
        Assert.Contains(message, fault.Message);
    }
}
