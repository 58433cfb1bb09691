using Warehouse.Definitions;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>Whose word about an attribute holds where several sources speak of one person.</summary>
/// <param name="Attribute">The attribute of customers.</param>
/// <param name="Rule">By what it is chosen.</param>
/// <param name="Sources">The preferred sources, the first before the others; those that are not named come after them. Only for <see cref="SurvivorRule.Sources"/>.</param>
internal sealed record Survivor(string Attribute, SurvivorRule Rule, IReadOnlyList<string> Sources)
{
    private static readonly string[] Attributes =
    [
        "given_name", "family_name", "email", "phone", "street", "postcode", "city", "region", "country", "birth_year", "gender", "occupation",
        "household_id", "language", "acquisition_channel", "registered_on", "confirmed_on", "is_test",
    ];

    /// <summary>Reads the <c>survivors</c> of a definition. The latest word is the usual rule: what says it needs no entry.</summary>
    public static IReadOnlyList<Survivor> ReadAll(DefinitionMap? map, IReadOnlyList<string> sources)
    {
        var survivors = new List<Survivor>();
        foreach (var attribute in map?.Keys.ToArray() ?? [])
        {
            if (!Attributes.Contains(attribute))
            {
                map!.FaultUnknown(attribute, "is no attribute of customers", Attributes, "attributes");
                continue;
            }

            var words = map!.Texts(attribute);
            if (words is [{ Text: "complete" }])
            {
                survivors.Add(new Survivor(attribute, SurvivorRule.Complete, []));
            }
            else if (words is not ([] or [{ Text: "latest" }]))
            {
                foreach (var word in words.Where(word => !sources.Contains(word.Text)))
                {
                    word.Fault($"\"{word}\" is neither latest, nor complete, nor a source of customers. {NearNames.Hint(word.Text, ["latest", "complete", .. sources], "words")}");
                }

                survivors.Add(new Survivor(attribute, SurvivorRule.Sources, [.. words.Select(word => word.Text)]));
            }
        }

        return survivors;
    }
}

/// <summary>By what the word about an attribute is chosen.</summary>
internal enum SurvivorRule
{
    /// <summary>The first of some sources that knows it; of one source the latest word.</summary>
    Sources,

    /// <summary>The identifier of which most attributes are known; of several the latest word.</summary>
    Complete,
}
