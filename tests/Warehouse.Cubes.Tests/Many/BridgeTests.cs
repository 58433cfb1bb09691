using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Many;

public class BridgeTests
{
    private static readonly QueryTexts ByInterest = new() { Cube = "sales", Measures = "amount, lines, customers, middle, average", By = "interest.name", Totals = "grand" };

    [Fact]
    public async Task Facts_CountForEachMember_AndOnceInTotals()
    {
        await using var club = await Club.Create();

        await club.Answers(
            ByInterest,
            "chess | 110 | 3 | 2 | 20 | 36.666667",
            "golf | 390 | 4 | 2 | 30 | 97.5",
            "tennis | 30 | 2 | 1 | 15 | 15",
            "null | 160 | 1 | 1 | 160 | 160",
            "* | 630 | 6 | 4 | 60 | 105");
    }

    [Fact]
    public async Task MembersWithTheSameValue_AreMetOnce()
    {
        await using var club = await Club.Create();

        await club.Answers(
            ByInterest with { By = "interest.kind, interest.name", Measures = "amount, lines", Totals = "rollup", Where = "not (interest.name is null)" },
            "game | chess | 110 | 3",
            "game | * | 110 | 3",
            "sport | golf | 390 | 4",
            "sport | tennis | 30 | 2",
            "sport | * | 390 | 4",
            "* | * | 470 | 5");
    }

    [Theory]
    [InlineData("interest.name = 'golf'", "390")]
    [InlineData("not (interest.name = 'golf')", "80")]
    [InlineData("interest.name <> 'golf'", "110")]
    [InlineData("interest.name is null", "160")]
    [InlineData("not (interest.name is null)", "470")]
    [InlineData("interest is unknown", "160")]
    [InlineData("interest.name in ('golf', 'tennis')", "390")]
    [InlineData("interest.kind = 'sport' and interest.name like 't%'", "30")]
    [InlineData("interest.name = 'golf' and interest.name = 'tennis'", "null")]
    [InlineData("any(interest.name = 'golf') and any(interest.name = 'tennis')", "30")]
    [InlineData("not any(interest.name = 'golf')", "80")]
    [InlineData("sporty and date.month = 2011-01", "50")]
    [InlineData("interest.name = 'golf' or customer.key = 4", "550")]
    [InlineData("top 1 interest.name by amount", "390")]
    public async Task Conditions_AreAskedOfMembers_AndNotOfFacts(string where, string amount)
    {
        await using var club = await Club.Create();

        await club.Answers(new QueryTexts { Cube = "sales", Measures = "amount", Where = where }, amount);
    }

    [Fact]
    public async Task RowsByMembers_AreThoseTheConditionsHoldFor()
    {
        await using var club = await Club.Create();

        await club.Answers(
            ByInterest with { Measures = "amount, customers", Where = "sporty" },
            "golf | 390 | 2",
            "tennis | 30 | 1",
            "* | 390 | 2");
    }

    [Fact]
    public async Task FirstMembersAndTheRest_CountEachFactOnce()
    {
        await using var club = await Club.Create();

        await club.Answers(
            ByInterest with { Measures = "amount, lines", Top = "top 1 interest.name by lines", Where = "not (interest.name is null)" },
            "golf | 390 | 4",
            "Others | 110 | 3",
            "* | 470 | 5");
    }

    [Fact]
    public async Task ComparisonsAndBalances_AreOfTheMembersFacts()
    {
        await using var club = await Club.Create();

        await club.Answers(
            new QueryTexts { Cube = "sales", Measures = "prior(amount, month) as before, to_date(customers, year) as ever, share(amount) as part, closing, golf", By = "interest.kind", Where = "date.month = 2011-02", Totals = "grand" },
            "game | 90 | 2 | 0.04 | 20 | 20",
            "sport | 50 | 2 | 0.68 | 320 | 340",
            "null | null | 1 | 0.32 | 160 | null",
            "* | 130 | 4 | 1 | 320 | 340");
    }

    [Theory]
    [InlineData("coalesce(interest.name, 'none') = customer.key", "A fact has any number of interest.name")]
    [InlineData("length(interest.name) + customer.key = 5", "A fact has any number of interest.name")]
    [InlineData("interest.nmae = 'golf'", "Did you mean \"name\"?")]
    [InlineData("any(customer.key = 1)", "any(…) asks for one of several members")]
    public async Task WhatIsNotAskedOfMembersAlone_IsFault(string where, string message)
    {
        await using var club = await Club.Create();

        var fault = await Assert.ThrowsAsync<Definitions.WrongCommandException>(() => club.Ask(new QueryTexts { Cube = "sales", Measures = "amount", Where = where }));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FactsOfACell_RecomputeIt()
    {
        await using var club = await Club.Create();
        var query = (ByInterest with { By = "interest.kind, interest.name", Measures = "lines", Totals = "cube", Where = "customer.key < 4" }).Parse();

        var answer = await club.Engine.QueryAsync(query);

        Assert.Equal(9, answer.Rows.Count);
        foreach (var row in answer.Rows)
        {
            var details = await club.Engine.DetailsAsync(new DetailQuery(query, row), CubeAccess.Everything);
            Assert.Equal(row.Values[^1], (long)details.Rows.Select(fact => fact.Values[^1]).Distinct().Count());
            Assert.Equal(row.Values[^1], (long)details.Rows.Count);
        }

        Assert.Equal(5, (await club.Engine.DetailsAsync(new DetailQuery(query), CubeAccess.Everything)).Rows.Count);
    }

    [Fact]
    public async Task ARole_SeesTheFactsThatHaveItsMember_AndNoOthers()
    {
        const string roles = "roles:\n  golfers: { cubes: { sales: interest.name = 'golf' } }\n  others: { cubes: { sales: not (interest.name = 'golf') } }\n";
        await using var club = await CubeTest.Create(Club.Tables, Club.Shared, Club.Model, roles);
        async Task<string[]> Seen(string role) => CubeTest.Lines(await club.Engine.QueryAsync(ByInterest.Parse(), CubeAccess.Of(club.Engine.Model, role)));

        Assert.Equal(["chess | 30 | 2 | 1 | 15 | 15", "golf | 390 | 4 | 2 | 30 | 97.5", "tennis | 30 | 2 | 1 | 15 | 15", "* | 390 | 4 | 2 | 30 | 97.5"], await Seen("golfers"));
        Assert.Equal(["chess | 80 | 1 | 1 | 80 | 80", "* | 80 | 1 | 1 | 80 | 80"], await Seen("others"));
    }

    [Fact]
    public void ARollup_DoesNotKeepWhatAFactHasSeveralOf()
    {
        var fault = Assert.Throws<Definitions.DefinitionException>(() => CubeModel.Parse(
            ("a", Club.Shared), ("b", Club.Model + "\nrollups:\n  r: { table: r, by: [interest.name], measures: [amount] }\n")));

        Assert.Contains("would be in it as often", fault.Message, StringComparison.Ordinal);
    }
}
