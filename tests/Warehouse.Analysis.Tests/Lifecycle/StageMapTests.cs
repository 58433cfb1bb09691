using Warehouse.Analysis.Lifecycle;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Tests.Lifecycle;

public sealed class StageMapTests
{
    [Fact]
    public void CustomaryMap_HasTheEightStagesOfStoneAndWoodcock_WithWhatTheBusinessDoes()
    {
        Assert.Equal(
            ["recruitment", "welcoming", "getting to know", "account management", "intensive care", "pre-divorce", "divorce", "win-back"],
            StageMap.Customary.Stages.Select(stage => stage.Name));
        Assert.All(StageMap.Customary.Stages, stage => Assert.False(string.IsNullOrEmpty(stage.Does)));
    }

    [Fact]
    public void Gap_IsAnErrorThatShowsACustomer()
    {
        var fault = Assert.Throws<DefinitionException>(() => StageMap.Parse(
            """
            stages:
              new: {when: [{orders: below 1}]}
              active: {when: [{orders: from 1, overdue: below 2}]}
            """,
            "stages.yaml"));

        Assert.Contains("in no stage, such as orders from 1, any tenure_days, overdue from 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overlap_IsAnErrorThatNamesBothStages()
    {
        var fault = Assert.Throws<DefinitionException>(() => StageMap.Parse(
            """
            stages:
              new: {when: [{orders: below 3}]}
              active: {when: [{orders: from 2}]}
            """,
            "stages.yaml"));

        Assert.Contains("in new and active, such as orders from 2 below 3", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTrait_IsAGap_AsNotEverybodyHasBeenScored()
    {
        var fault = Assert.Throws<DefinitionException>(() => StageMap.Parse(
            """
            stages:
              safe: {when: [{churn: below 0.5}]}
              at risk: {when: [{churn: from 0.5}]}
            """,
            "stages.yaml"));

        Assert.Contains("churn unknown", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stages: {all: {when: [{orders: 3}]}}", "is no range")]
    [InlineData("stages: {all: {when: [{orders: from 3 below 2}]}}", "is no range")]
    [InlineData("stages: {all: {when: [{order: below 3}]}}", "Did you mean \"orders\"?")]
    [InlineData("stages: {}", "at least one stage")]
    [InlineData("", "at least one stage")]
    public void WhatIsNoRule_IsAnErrorWithItsPlace(string text, string expected)
    {
        var fault = Assert.Throws<DefinitionException>(() => StageMap.Parse(text, "stages.yaml"));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RuleForEverybody_IsTotal() =>
        Assert.Equal(["all"], StageMap.Parse("stages: {all: {when: [{}]}}", "stages.yaml").Stages.Select(stage => stage.Name));
}
