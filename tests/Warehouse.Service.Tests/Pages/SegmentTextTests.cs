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

    /// <summary>Every kind of condition of docs/segments.md: read into the form and written again, it says the same.</summary>
    [Theory]
    [InlineData("country: [IE, GB]")]
    [InlineData("city: Leeds")]
    [InlineData("rfm_segment: [At Risk, Cannot Lose Them]")]
    [InlineData("was: {on: 2026-03-31, tier: A}")]
    [InlineData("was: {ago: 12m, rfm_segment: [Champions, Loyal]}")]
    [InlineData("was: {ago: 18m, lifecycle_stage: welcoming}")]
    [InlineData("recency_days: {from: 90, to: 365}")]
    [InlineData("registered_on: {from: 2024-01-31}")]
    [InlineData("bought: {category: GARDEN, product: TEA-01, channel: web, times: {from: 2}, value: {to: 99.5}, within: 24m, until: 2026-03-31}")]
    [InlineData("returned: {}")]
    [InlineData("contacted: {complaint: true, resolved: false, topic: late delivery, times: {to: 3}, within: 90d}")]
    [InlineData("campaign: {name: C01, wave: 2, arm: treated, response: converted}")]
    [InlineData("measure: {name: sales.net_sales, within: 12m, where: \"channel.name = 'web'\", from: 10}")]
    [InlineData("consent: email")]
    [InlineData("segment: [lapsing_best]")]
    [InlineData("sample: {share: .1, seed: autumn}")]
    [InlineData("sequence: [{bought: {channel: web}}, {contacted: {complaint: true}, within: 30d}, {not: {bought: {}}, within: 90d}]")]
    [InlineData("not: {bought: {category: GARDEN}}")]
    [InlineData("sequence:\n  - bought: {channel: web}\n  - contacted: {}\n    within: 30d")]
    public void ACondition_GoesFromTheTextToTheFormAndBack(string condition)
    {
        var text = new SegmentText($"segment: x\nwhere:\n  {condition}\n  top_of_all: 1\n");
        var written = text.Conditions[0];
        var draft = WrittenDraft.Of(text.Written(written), written.How, Kind);

        Assert.NotNull(draft);
        var back = text.With(written, draft.How, draft.Yaml(Kind(draft.Key))!);
        Assert.Equal(2, back.Conditions.Count);
        var again = WrittenDraft.Of(back.Written(back.Conditions[0]), back.Conditions[0].How, Kind);
        Assert.Equal((draft.How, draft.Yaml(Kind(draft.Key))), (again!.How, again.Yaml(Kind(again.Key))));
        Assert.Equal(back.Text, back.With(back.Conditions[0], again.How, again.Yaml(Kind(again.Key))!).Text);
    }

    /// <summary>What the form has no field for is changed in the text: the form would lose it.</summary>
    [Theory]
    [InlineData("value: {from: :least}")]
    [InlineData("bought: {category: [GARDEN, PETS]}")]
    [InlineData("was: {on: 2026-03-31, tier: A, churn_band: high}")]
    [InlineData("not: {country: IE, city: Cork}")]
    [InlineData("sequence: [{bought: {within: 12m}}, {contacted: {}}]")]
    [InlineData("all: [{country: IE}]")]
    [InlineData("country: [IE")]
    public void AConditionThatTheFormCannotSay_IsNotPutIntoIt(string condition) => Assert.Null(WrittenDraft.Of(condition, Joined.And, Kind));

    [Fact]
    public void AChangedCondition_StandsWhereItStood_AndItsRemarkStays()
    {
        var text = new SegmentText(Written);
        Assert.Equal(
            Written.Replace("value: {from: 100} ", "value: {from: 5} ", StringComparison.Ordinal),
            text.With(text.Conditions[0], Joined.And, "value: {from: 5}").Text);
        Assert.Equal(
            Written.Replace("- {country: IE}", "- {country: [FR]}", StringComparison.Ordinal),
            text.With(text.Conditions[2], Joined.Or, "country: [FR]").Text);
        Assert.Equal(
            Written.Replace("    category: GARDEN\n    within: 24m\n", "", StringComparison.Ordinal).Replace("bought:\n", "bought: {brand: Oak}\n", StringComparison.Ordinal),
            text.With(text.Conditions[1], Joined.And, "bought: {brand: Oak}").Text);
        Assert.Contains("- {bought: {brand: Oak}}", text.With(text.Conditions[0], Joined.And, "bought: {brand: Oak}").Text, StringComparison.Ordinal);
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
        Assert.Null(new ConditionDraft { Key = "was", Of = { ["of"] = "tier" }, Values = ["A"] }.Yaml("values"));
        Assert.Null(new ConditionDraft { Key = "sequence", Steps = { new ConditionDraft { Key = "bought" } } }.Yaml("values"));
    }

    private static string Kind(string key) => key switch
    {
        "value" or "recency_days" => "number",
        "registered_on" => "date",
        _ => "values",
    };
}
