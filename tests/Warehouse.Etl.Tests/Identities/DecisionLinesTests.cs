using Warehouse.Definitions;
using Warehouse.Etl.Conform.Identities;

namespace Warehouse.Etl.Tests.Identities;

/// <summary>A decision is added to the text of a definition, or taken out, and nothing else changes.</summary>
public sealed class DecisionLinesTests
{
    private static readonly IdentityDecision New = new(true, ["crm:C1", "mail:bo x"], "he said: \"one\" # really", null, null);

    private const string Line = "{same: [crm:C1, \"mail:bo x\"], because: \"he said: \\u0022one\\u0022 # really\"}";

    [Theory]
    [InlineData("", "decisions:\n- NEW\n")]
    [InlineData("# Nothing yet.", "# Nothing yet.\ndecisions:\n- NEW\n")]
    [InlineData("rules: []\r\n", "rules: []\r\ndecisions:\r\n- NEW\r\n")]
    [InlineData("decisions:\nrules: []\n", "decisions:\n- NEW\nrules: []\n")]
    [InlineData("decisions: []  # none\nrules: []\n", "decisions:\n- NEW  # none\nrules: []\n")]
    [InlineData("decisions: [{same: [a:1, a:2], because: x}] # one\n", "decisions: [{same: [a:1, a:2], because: x}, NEW] # one\n")]
    [InlineData("decisions:\n- {same: [a:1, a:2], because: x}  # why\n\n# The rules.\nrules: []\n", "decisions:\n- {same: [a:1, a:2], because: x}  # why\n- NEW\n\n# The rules.\nrules: []\n")]
    [InlineData("decisions:\n  - same: [a:1, a:2]\n    because: >\n      long\n      words\n  # end\nrules: []", "decisions:\n  - same: [a:1, a:2]\n    because: >\n      long\n      words\n  - NEW\n  # end\nrules: []")]
    [InlineData("rules: []\ndecisions:\n- same:\n  - a:1\n  - a:2\n  because: x", "rules: []\ndecisions:\n- same:\n  - a:1\n  - a:2\n  because: x\n- NEW\n")]
    public void NewDecision_StandsAfterTheOthers_AndGoesAgain(string before, string after)
    {
        var added = DecisionLines.Add(before, New);
        Assert.Equal(after.Replace("NEW", Line, StringComparison.Ordinal), added);
        var decisions = Read(added);
        Assert.Equal((New.AreSame, New.Because), (decisions[^1].AreSame, decisions[^1].Because));
        Assert.Equal(New.Labels, decisions[^1].Labels);
        var removed = DecisionLines.Remove(added, decisions.Count - 1);
        Assert.DoesNotContain("bo x", removed, StringComparison.Ordinal);
        Assert.Equal(decisions.Count - 1, Read(removed).Count);
    }

    [Theory]
    [InlineData(0, "decisions:\n# b\n- {same: [a:3, a:4], because: y}\n# c\n- different: [a:5, a:6]\n  because: z\n\nrules: []\n")]
    [InlineData(1, "decisions:\n# a\n- {same: [a:1, a:2], because: x}   # x\n# b\n# c\n- different: [a:5, a:6]\n  because: z\n\nrules: []\n")]
    [InlineData(2, "decisions:\n# a\n- {same: [a:1, a:2], because: x}   # x\n# b\n- {same: [a:3, a:4], because: y}\n# c\n\nrules: []\n")]
    public void Decision_GoesWithItsLinesAlone(int place, string after)
    {
        const string Text = "decisions:\n# a\n- {same: [a:1, a:2], because: x}   # x\n# b\n- {same: [a:3, a:4], because: y}\n# c\n- different: [a:5, a:6]\n  because: z\n\nrules: []\n";
        var removed = DecisionLines.Remove(Text, place);
        Assert.Equal(place == 0 ? after.Insert(after.IndexOf("# b", StringComparison.Ordinal), "# a\n") : after, removed);
        Assert.Equal(2, Read(removed).Count);
    }

    [Theory]
    [InlineData(0, "decisions: [{same: [a:3, a:4], because: y}]")]
    [InlineData(1, "decisions: [{same: [a:1, a:2], because: x}]")]
    public void DecisionInBrackets_GoesWithItsComma(int place, string after) =>
        Assert.Equal(after, DecisionLines.Remove("decisions: [{same: [a:1, a:2], because: x}, {same: [a:3, a:4], because: y}]", place));

    [Fact]
    public void FileInBraces_IsRefused() =>
        Assert.Contains("in braces", Assert.Throws<UserFaultException>(() => DecisionLines.Add("{rules: []}", New)).Message, StringComparison.Ordinal);

    private static List<IdentityDecision> Read(string text)
    {
        var file = DefinitionFile.Parse(text, "identity.yaml");
        _ = file.Root.Maps("rules");
        var decisions = file.Root.Maps("decisions").Select(IdentityDecision.Read).ToList();
        file.ThrowIfFaulty();
        return decisions;
    }
}
