namespace Warehouse.Cubes.Tests.Many;

public class ManyAuditTests
{
    [Fact]
    public async Task RulesOfBridgesAndTrees_HoldInTheClub()
    {
        await using var club = await Club.Create();

        Assert.All(await club.Engine.AuditAsync(), finding => Assert.True(finding.Offenders == 0, $"{finding}"));
    }

    [Theory]
    [InlineData("INSERT INTO customer_interest VALUES (2, 1, 0)", "customer_interest: \"customer_key\" and \"interest_key\" are unique together", 1)]
    [InlineData("INSERT INTO customer_interest VALUES (2, 9, 0)", "customer_interest: every \"interest_key\" is a \"interest_key\" of interest", 1)]
    [InlineData("UPDATE customer_interest SET share = 0.5 WHERE customer_key = 2", "customer_interest: the \"share\" of each \"customer_key\" add up to 1", 1)]
    [InlineData("UPDATE agent SET lead_key = 4 WHERE agent_key = 1", "agent: no \"agent_key\" stands above itself by \"lead_key\"", 3)]
    [InlineData("UPDATE agent SET lead_key = 9 WHERE agent_key = 4", "agent: every \"lead_key\" is a \"agent_key\" of it", 1)]
    [InlineData("INSERT INTO agent VALUES (6, 'Fay', 4), (7, 'Gus', 6)", "agent: no \"agent_key\" lies deeper than the 3 levels that are named", 1)]
    public async Task BrokenRule_IsFound(string sql, string rule, int offenders)
    {
        await using var club = await Club.Create();
        await club.Execute(sql);

        var broken = (await club.Engine.AuditAsync()).Where(finding => finding.Offenders > 0).ToArray();

        Assert.Equal((rule, offenders), (Assert.Single(broken).Rule, (int)broken[0].Offenders));
    }
}
