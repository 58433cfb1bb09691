using System.Security.Cryptography;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>Who is taken for one person: what <c>identity.yaml</c> of a workspace says.</summary>
/// <param name="Rules">The rules, the strongest first.</param>
/// <param name="Decisions">What people decided; they come before all rules.</param>
/// <param name="Hash">SHA-256 of the definition.</param>
internal sealed record IdentityDefinition(IReadOnlyList<IdentityRule> Rules, IReadOnlyList<IdentityDecision> Decisions, string Hash)
{
    /// <summary>The file.</summary>
    public const string FileName = "identity.yaml";

    /// <summary>What can be matched beside the name spaces of identifiers.</summary>
    private static readonly string[] Attributes =
        ["email", "phone", "given_name", "family_name", "postcode", "street", "birth_year", "gender", "household_id"];

    /// <summary>Reads the definition; without a file nobody is taken for anybody else.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="nameSpaces">The name spaces of identifiers that feeds use.</param>
    /// <exception cref="DefinitionException">The definition is at fault.</exception>
    public static IdentityDefinition Read(Workspace workspace, IEnumerable<string> nameSpaces)
    {
        var path = workspace.PathOf(FileName);
        if (!File.Exists(path))
        {
            return new IdentityDefinition([], [], Convert.ToHexStringLower(SHA256.HashData([])));
        }

        var file = DefinitionFile.Load(path, FileName);
        string[] known = [.. Attributes.Union(nameSpaces)];
        var rules = file.Root.Maps("rules").Select(map => ReadRule(map, known)).ToArray();
        var decisions = file.Root.Maps("decisions").Select(ReadDecision).ToArray();
        file.ThrowIfFaulty();
        return new IdentityDefinition(rules, decisions, file.Hash);
    }

    private static IdentityRule ReadRule(DefinitionMap map, string[] known)
    {
        var match = map.Texts("match");
        var unless = map.Texts("unless_different");
        if (match.Count == 0)
        {
            map.Fault("match", "\"match\" is missing: name what has to be the same, such as email or [family_name, postcode].");
        }

        foreach (var name in match.Concat(unless).Where(name => !known.Contains(name.Text)))
        {
            name.Fault($"\"{name}\" is neither an attribute of customers nor a name space of their identifiers. {NearNames.Hint(name.Text, known, "names")}");
        }

        return new IdentityRule(
            [.. match.Select(name => name.Text)], [.. unless.Select(name => name.Text)], map.Whole("at_most", 2, 100) ?? IdentityRule.UsualAtMost);
    }

    private static IdentityDecision ReadDecision(DefinitionMap map)
    {
        var same = map.Texts("same");
        var different = map.Texts("different");
        if ((same.Count > 0) == (different.Count > 0) || same.Count + different.Count < 2)
        {
            map.Fault("same", "A decision names two or more identifiers that are the \"same\" person, or \"different\" ones: [crm:C1, web:W7].");
        }

        foreach (var label in same.Concat(different).Where(label => !label.Text.Contains(':', StringComparison.Ordinal)))
        {
            label.Fault($"An identifier is its name space and itself, such as crm:C1, not \"{label}\".");
        }

        return new IdentityDecision(same.Count > 0, [.. same.Concat(different).Select(label => label.Text)], map.RequiredText("because"));
    }
}

/// <summary>A rule: customers with the same values are one person.</summary>
/// <param name="Match">What has to be the same, all of it.</param>
/// <param name="UnlessDifferent">What may not be known of both and differ.</param>
/// <param name="AtMost">A value that more persons share identifies nobody: a switchboard, a default address.</param>
internal sealed record IdentityRule(IReadOnlyList<string> Match, IReadOnlyList<string> UnlessDifferent, int AtMost)
{
    /// <summary>How many may share a value where the rule does not say.</summary>
    public const int UsualAtMost = 10;

    /// <summary>The rule as links name it.</summary>
    public string Name => "same " + string.Join(" and ", Match);
}

/// <summary>What people decided about identifiers.</summary>
/// <param name="AreSame">Whether they are one person or different ones.</param>
/// <param name="Labels">The identifiers, as <c>source:id</c>.</param>
/// <param name="Because">Why.</param>
internal sealed record IdentityDecision(bool AreSame, IReadOnlyList<string> Labels, string Because);
