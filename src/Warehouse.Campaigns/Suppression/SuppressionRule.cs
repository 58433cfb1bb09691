using Warehouse.Definitions;

namespace Warehouse.Campaigns.Suppression;

/// <summary>A reason to leave a customer out of a campaign.</summary>
/// <param name="Name">As a plan writes it.</param>
/// <param name="Words">As people read it, and as it is kept with the list.</param>
/// <param name="IsBinding">Whether no plan may do without it.</param>
public sealed record SuppressionRule(string Name, string Words, bool IsBinding)
{
    /// <summary>The last of the rules: it looks only at those whom no other rule leaves out.</summary>
    public static SuppressionRule BelowDepth { get; } = new("below_depth", "below the profitable depth", IsBinding: false);

    /// <summary>Every rule, in the order in which they are asked where a plan says no other.</summary>
    public static IReadOnlyList<SuppressionRule> All { get; } =
    [
        new("no_consent", "no consent", IsBinding: true),
        new("opted_out", "opted out", IsBinding: true),
        new("erased", "erased", IsBinding: true),
        new("held_out", "universal hold-out", IsBinding: true),
        new("open_complaint", "open complaint", IsBinding: false),
        new("contacted_too_often", "contacted too often", IsBinding: false),
        new("other_experiment", "in another experiment", IsBinding: false),
        new("undeliverable", "undeliverable", IsBinding: false),
        BelowDepth,
    ];

    /// <summary>Reads <c>suppress</c>: the rules in their order.</summary>
    internal static IReadOnlyList<SuppressionRule> ReadOrder(DefinitionMap root)
    {
        if (!root.Has("suppress"))
        {
            return All;
        }

        var chosen = new List<SuppressionRule>();
        foreach (var name in root.Texts("suppress"))
        {
            var rule = All.FirstOrDefault(rule => rule.Name == name.Text);
            if (rule is null)
            {
                name.Fault($"There is no suppression \"{name}\". {NearNames.Hint(name.Text, All.Select(known => known.Name), "suppressions")}");
            }
            else if (chosen.Contains(rule))
            {
                name.Fault($"\"{name}\" stands here twice.");
            }
            else
            {
                chosen.Add(rule);
            }
        }

        foreach (var missing in All.Where(rule => rule.IsBinding && !chosen.Contains(rule)))
        {
            root.Fault("suppress", $"\"{missing.Name}\" is missing in \"suppress\": nobody is reached without it.");
        }

        if (chosen.IndexOf(BelowDepth) is >= 0 and var place && place < chosen.Count - 1)
        {
            root.Fault("suppress", $"\"{BelowDepth.Name}\" is asked last, of those whom nothing else leaves out.");
        }

        return chosen;
    }
}
