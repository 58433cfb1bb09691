using Warehouse.Analysis.ValueTiers;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Tests.ValueTiers;

public sealed class TierRuleTests
{
    [Theory]
    [InlineData("There can be 2 to 10 tiers, not 1.", "A", 1)]
    [InlineData("The limits of tiers rise from above 0 to 1, which is all: not 0.8, 0.9.", "A", .8, "B", .9)]
    [InlineData("The limits of tiers rise from above 0 to 1, which is all: not 0, 1.", "A", 0, "B", 1)]
    [InlineData("The limits of tiers rise from above 0 to 1, which is all: not 0.5, 0.5, 1.", "A", .5, "B", .5, "C", 1)]
    [InlineData("Each tier has a name of its own: not \"A\", \"A\".", "A", .5, "A", 1)]
    [InlineData("Each tier has a name of its own: not \"\", \"A\".", "", .5, "A", 1)]
    public void SenselessRule_IsRefused_InWords(string message, params object[] tiers)
    {
        var limits = tiers.Chunk(2).Select(tier => new TierLimit((string)tier[0], Convert.ToDecimal(tier[1]))).ToList();

        Assert.Equal(message, Assert.Throws<WrongCommandException>(() => TierRule.Of(TierBasis.Value, limits)).Message);
    }

    [Fact]
    public void Rule_SaysItselfInWords() => Assert.Equal(
        "Gold up to 12.5 %, Rest up to 100 % of the customers",
        TierRule.Of(TierBasis.Customers, new TierLimit("Gold", .125m), new TierLimit("Rest", 1)).ToString());
}
