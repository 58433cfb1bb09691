using Warehouse.Cubes.Query;

namespace Warehouse.Cubes.Tests.Many;

public class TreeTests
{
    [Fact]
    public async Task OwnValues_AreThoseOfAMembersFacts()
    {
        await using var club = await Club.Create();

        await club.Answers(
            new QueryTexts { Cube = "sales", Measures = "amount", By = "agent.name" },
            "Ada | 320", "Bob | 40", "Cyd | 80", "Dan | 30", "Eve | 160");
    }

    [Fact]
    public async Task RolledUpValues_AreThoseOfAllBelow()
    {
        await using var club = await Club.Create();

        await club.Answers(
            new QueryTexts { Cube = "sales", Measures = "amount, customers, middle", By = "team.path, team.name", Totals = "grand" },
            "Ada | Ada | 470 | 3 | 40",
            "Ada / Bob | Bob | 70 | 2 | 20",
            "Ada / Bob / Dan | Dan | 30 | 1 | 15",
            "Ada / Cyd | Cyd | 80 | 1 | 80",
            "Eve | Eve | 160 | 1 | 160",
            "* | * | 630 | 4 | 60");
    }

    [Fact]
    public async Task Levels_AreByPath_AndHaveNoValueBelowALeaf()
    {
        await using var club = await Club.Create();

        await club.Answers(
            new QueryTexts { Cube = "sales", Measures = "amount", By = "agent.head, agent.lead, agent.clerk", Totals = "rollup", Where = "agent.head = 'Ada'" },
            "Ada | Bob | Dan | 30",
            "Ada | Bob | null | 40",
            "Ada | Bob | * | 70",
            "Ada | Cyd | null | 80",
            "Ada | Cyd | * | 80",
            "Ada | null | null | 320",
            "Ada | null | * | 320",
            "Ada | * | * | 470",
            "* | * | * | 470");
    }

    [Fact]
    public async Task Members_CanBeChosenByDepth_AndByWhoStandsAbove()
    {
        await using var club = await Club.Create();

        await club.Answers(new QueryTexts { Cube = "sales", Measures = "amount", Where = "agent.depth = 2" }, "120");
        await club.Answers(new QueryTexts { Cube = "sales", Measures = "amount", Where = "team.name = 'Bob'" }, "70");
        await club.Answers(new QueryTexts { Cube = "sales", Measures = "amount", Where = "not (team.name = 'Bob')" }, "560");
    }

    [Fact]
    public async Task ACircle_IsCountedOnce_AndEnds()
    {
        await using var club = await Club.Create();
        await club.Execute("UPDATE agent SET lead_key = 4 WHERE agent_key = 1");

        await club.Answers(
            new QueryTexts { Cube = "sales", Measures = "amount", By = "team.name", Totals = "grand" },
            "Ada | 470", "Bob | 470", "Cyd | 80", "Dan | 470", "Eve | 160", "* | 630");
    }
}
