using Warehouse.Pages.Segments;

namespace Warehouse.Service.Tests.Pages;

public class SegmentTextTests
{
    private const string Written =
        """
        segment: gardeners
        # who they are
        where:
          value: {from: 100}   # of revenue
          bought:
            category: GARDEN
            within: 24m
          any:
          - {country: IE}
          - country: GB
            city: Leeds
          not: {segment: complaints}
        top: 5000
        """;

    [Fact]
    public void Conditions_AreThoseOfTheText_InItsOrder() => Assert.Equal(
        [
            (Joined.And, "value: {from: 100}   # of revenue"), (Joined.And, "bought: category: GARDEN within: 24m"),
            (Joined.Or, "{country: IE}"), (Joined.Or, "country: GB city: Leeds"), (Joined.AndNot, "not: {segment: complaints}"),
        ],
        new SegmentText(Written).Conditions.Select(condition => (condition.How, condition.Words)));

    [Fact]
    public void AConditionOfItsOwn_StandsAtTheEndOfTheBlock() => Assert.Equal(
        Written.Replace("complaints}\n", "complaints}\n  tier: [A]\n", StringComparison.Ordinal),
        new SegmentText(Written).With(Joined.And, "tier: [A]").Text);

    [Fact]
    public void ASecondConditionOfAName_GoesToAll() => Assert.Equal(
        Written.Replace("complaints}\n", "complaints}\n  all:\n  - {bought: {brand: Oak}}\n", StringComparison.Ordinal),
        new SegmentText(Written).With(Joined.And, "bought: {brand: Oak}").Text);

    [Fact]
    public void ASecondDenial_GoesToAll() => Assert.Equal(
        Written.Replace("complaints}\n", "complaints}\n  all:\n  - {not: {tier: [C]}}\n", StringComparison.Ordinal),
        new SegmentText(Written).With(Joined.AndNot, "tier: [C]").Text);

    [Fact]
    public void OneOfSeveral_GoesToAny() => Assert.Equal(
        Written.Replace("    city: Leeds\n", "    city: Leeds\n  - {tier: [A]}\n", StringComparison.Ordinal),
        new SegmentText(Written).With(Joined.Or, "tier: [A]").Text);

    [Theory]
    [InlineData("", "where:\n  tier: [A]\n")]
    [InlineData("segment: x\n", "segment: x\nwhere:\n  tier: [A]\n")]
    [InlineData("segment: x\nwhere:\n", "segment: x\nwhere:\n  tier: [A]\n")]
    [InlineData("where: {}\ntop: 5\n", "where:\n  tier: [A]\ntop: 5\n")]
    [InlineData("where: {tier: B}\n", "where:\n  all:\n  - {tier: B}\n  tier: [A]\n")]
    [InlineData("where:\n    tier: B\n", "where:\n    tier: B\n    all:\n    - {tier: [A]}\n")]
    [InlineData("where:\n  all: [{tier: B}]\n  tier: C\n", "where:\n  all: [{tier: B}, {tier: [A]}]\n  tier: C\n")]
    public void ATextOfAnyShape_TakesACondition(string text, string expected) => Assert.Equal(expected, new SegmentText(text).With(Joined.And, "tier: [A]").Text);

    [Fact]
    public void WhatWasAdded_CanBeTakenAway()
    {
        foreach (var how in Enum.GetValues<Joined>())
        {
            foreach (var text in new[] { Written, SegmentText.Empty, "where:\n  tier: B\n" })
            {
                var added = new SegmentText(text).With(how, "gender: [F]");
                var back = added.Without(added.Conditions.First(condition => condition.Words.Contains("gender", StringComparison.Ordinal)));

                Assert.Equal(text, back.Text);
            }
        }
    }

    [Theory]
    [InlineData("IE", "IE")]
    [InlineData("Cannot Lose Them", "Cannot Lose Them")]
    [InlineData("no", "\"no\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("12", "\"12\"")]
    [InlineData(":shelf", "\":shelf\"")]
    [InlineData("say \"hi\" # \\", "\"say \\\"hi\\\" # \\\\\"")]
    [InlineData("O'Brien, Ltd", "\"O'Brien, Ltd\"")]
    public void AText_IsQuotedWhereYamlWouldTakeItForSomethingElse(string text, string expected) => Assert.Equal(expected, ConditionDraft.Quoted(text));

    [Fact]
    public void ADraft_SaysNothingUntilItIsWhole()
    {
        Assert.Null(new ConditionDraft { Key = "country" }.Yaml("values"));
        Assert.Null(new ConditionDraft { Key = "value", From = "x" }.Yaml("number"));
        Assert.Null(new ConditionDraft { Key = "campaign" }.Yaml("values"));
        Assert.Equal("value: {from: 10.5}", new ConditionDraft { Key = "value", From = "10.5" }.Yaml("number"));
        Assert.Equal("registered_on: {to: 2024-01-31}", new ConditionDraft { Key = "registered_on", To = "2024-01-31" }.Yaml("date"));
        Assert.Equal("sample: {share: 0.125, seed: autumn}", new ConditionDraft { Key = "sample", From = "12.5", Of = { ["seed"] = "autumn" } }.Yaml("values"));
        Assert.Equal("bought: {}", new ConditionDraft { Key = "bought" }.Yaml("values"));
        Assert.Equal(
            "bought: {category: GARDEN, times: {from: 2}, within: 12m}",
            new ConditionDraft { Key = "bought", TimesFrom = "2", Within = "12m", Of = { ["category"] = "GARDEN" } }.Yaml("values"));
    }
}
