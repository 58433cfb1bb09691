using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Many;

public class AllocationTests
{
    [Fact]
    public async Task AllocatedParts_AddUpToTheirTotals()
    {
        await using var club = await Club.Create();

        await club.Answers(
            new QueryTexts { Cube = "sales", Measures = "allocated(amount, interest) as part, allocated(lines, interest) as lines_part, allocated(average, interest) as each, amount", By = "interest.kind, interest.name", Totals = "rollup" },
            "game | chess | 87.5 | 1.5 | 58.333333 | 110",
            "game | * | 87.5 | 1.5 | 58.333333 | 110",
            "sport | golf | 375 | 3 | 125 | 390",
            "sport | tennis | 7.5 | 0.5 | 15 | 30",
            "sport | * | 382.5 | 3.5 | 109.285714 | 390",
            "null | null | 160 | 1 | 160 | 160",
            "null | * | 160 | 1 | 160 | 160",
            "* | * | 630 | 6 | 105 | 630");
    }

    [Fact]
    public async Task AllocatedParts_AreOfTheMembersThatCount_AndOfOtherStretchesOfTime()
    {
        await using var club = await Club.Create();

        await club.Answers(new QueryTexts { Cube = "sales", Measures = "allocated(amount, interest) as part", Where = "interest.name = 'golf'" }, "375");
        await club.Answers(
            new QueryTexts { Cube = "sales", Measures = "prior(allocated(amount, interest), month) as part, allocated(closing, interest) as last_part", By = "interest.name", Where = "sporty and date.month = 2011-02", Totals = "grand" },
            "golf | 45 | 320", "tennis | 2.5 | 5", "* | 47.5 | 320");
    }

    [Theory]
    [InlineData("allocated(customers, interest) as x", "Sums, counts, averages and balances can be allocated")]
    [InlineData("allocated(amount, team) as x", "Expected a dimension with a weight in its bridge")]
    [InlineData("own(amount, intrest) as x", "team")]
    public async Task WhatCannotBeAllocated_IsFault(string measures, string message)
    {
        await using var club = await Club.Create();

        var fault = await Assert.ThrowsAsync<Definitions.WrongCommandException>(() => club.Ask(new QueryTexts { Cube = "sales", Measures = measures }));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnValues_StandBesideRolledUpOnes()
    {
        await using var club = await Club.Create();

        await club.Answers(
            new QueryTexts { Cube = "sales", Measures = "amount, own(amount, team) as own", By = "team.name", Totals = "grand" },
            "Ada | 470 | 320", "Bob | 70 | 40", "Cyd | 80 | 80", "Dan | 30 | 30", "Eve | 160 | 160", "* | 630 | 630");
    }
}
