using System.Security.Cryptography;
using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>Who is taken for one person, and whose word about a person holds: what <c>identity.yaml</c> of a workspace says.</summary>
/// <param name="Rules">The rules, the strongest first.</param>
/// <param name="Survivors">The attributes for which not the latest word holds.</param>
/// <param name="Decisions">What people decided; they come before all rules.</param>
internal sealed record IdentityDefinition(
    IReadOnlyList<IdentityRule> Rules, IReadOnlyList<Survivor> Survivors, IReadOnlyList<IdentityDecision> Decisions)
{
    /// <summary>The file.</summary>
    public const string FileName = "identity.yaml";

    /// <summary>What can be matched beside the name spaces of identifiers.</summary>
    private static readonly string[] Attributes =
        ["email", "phone", "given_name", "family_name", "postcode", "street", "birth_year", "gender", "household_id"];

    /// <summary>SHA-256 of the rules and of whose word holds. Decisions are not in it: a new one concerns those alone whom it names.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [
        .. Rules.Select(rule => FormattableString.Invariant($"{string.Join(' ', rule.Match)}|{string.Join(' ', rule.UnlessDifferent)}|{rule.AtMost}")),
        .. Survivors.Select(survivor => $"{survivor.Attribute}: {survivor.Rule} {string.Join(' ', survivor.Sources)}"),
    ]))));

    /// <summary>Reads the definition of a workspace; without a file nobody is taken for anybody else.</summary>
    /// <exception cref="DefinitionException">The definition, or a feed, is at fault.</exception>
    public static IdentityDefinition Read(Workspace workspace) =>
        File.Exists(workspace.PathOf(FileName)) ? Read(workspace, NameSpaces(workspace)) : new IdentityDefinition([], [], []);

    /// <summary>Reads the definition of a workspace that has one.</summary>
    /// <inheritdoc cref="Read(Workspace)"/>
    public static IdentityDefinition Read(Workspace workspace, IEnumerable<string> nameSpaces) =>
        Read(DefinitionFile.Load(workspace.PathOf(FileName), FileName), nameSpaces);

    /// <summary>Reads the definition as a text has it.</summary>
    /// <inheritdoc cref="Read(Workspace)"/>
    public static IdentityDefinition Read(string text, Workspace workspace) => Read(DefinitionFile.Parse(text, FileName), NameSpaces(workspace));

    /// <summary>The name spaces of identifiers that feeds use.</summary>
    private static IEnumerable<string> NameSpaces(Workspace workspace) => FeedCatalogue.Read(workspace).SelectMany(feed => feed.Fills).SelectMany(fill =>
        fill.Identifiers.Select(identifier => identifier.Identity)
            .Concat(fill.Mappings.SelectMany(mapping => mapping.Sources).Select(source => source.Identity).OfType<string>()));

    private static IdentityDefinition Read(DefinitionFile file, IEnumerable<string> nameSpaces)
    {
        string[] sources = [.. nameSpaces.Distinct()];
        string[] known = [.. Attributes.Union(sources)];
        var rules = file.Root.Maps("rules").Select(map => ReadRule(map, known)).ToArray();
        var survivors = Survivor.ReadAll(file.Root.Map("survivors"), sources);
        var decisions = file.Root.Maps("decisions").Select(IdentityDecision.Read).ToArray();
        file.ThrowIfFaulty();
        return new IdentityDefinition(rules, survivors, decisions);
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
}
