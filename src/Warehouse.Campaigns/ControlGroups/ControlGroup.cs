using Warehouse.Definitions;

namespace Warehouse.Campaigns.ControlGroups;

/// <summary>
/// The arms of an experiment and how customers are drawn into them: by the lower half of the MD5 of « seed:customer »,
/// the customer being the identifier by which people of the company know him. Who is drawn depends on nothing else, so it is the
/// same years later and in a warehouse that was loaded anew; another seed draws independently. With strata, each is dealt
/// in the order of that number, so that the arms have their shares in each to within one customer.
/// </summary>
/// <param name="Arms">The arms with their shares, which add up to 1; the control is the first.</param>
/// <param name="Seed">What is hashed with the customer; null takes the campaign and the wave.</param>
/// <param name="Strata">The attributes within whose values customers are drawn; none draws simply.</param>
public sealed record ControlGroup(IReadOnlyList<ArmShare> Arms, string? Seed, IReadOnlyList<string> Strata)
{
    /// <summary>The arm that is left alone.</summary>
    public const string ControlArm = "control";

    /// <summary>The share of the control where a plan says no other.</summary>
    public const decimal CustomaryShare = .1m;

    /// <summary>Attributes that an experiment can be stratified by.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
        ["country", "region", "gender", "tier", "rfm_segment", "churn_band", "lifecycle_stage", "acquisition_channel", "language"];

    /// <summary>The seed of a wave.</summary>
    internal string SeedOf(string campaign, int wave) => Seed is null
        ? FormattableString.Invariant($"{campaign}/{wave}")
        : FormattableString.Invariant($"{Seed}/{wave}");

    internal static ControlGroup Read(DefinitionMap root, string campaign)
    {
        var control = root.Map("control");
        var share = control?.Number("share", 0, .9m) ?? CustomaryShare;
        var strata = (control?.Texts("stratify") ?? []).Where(name => IsKnown(name)).Select(name => name.Text).Distinct(StringComparer.Ordinal).ToArray();
        return new ControlGroup([new(ControlArm, share), .. Treatments(root, 1 - share)], control?.Text("seed") ?? campaign, strata);
    }

    private static bool IsKnown(DefinitionText name)
    {
        if (Attributes.Contains(name.Text))
        {
            return true;
        }

        name.Fault($"Customers cannot be stratified by \"{name}\". {NearNames.Hint(name.Text, Attributes, "attributes")}");
        return false;
    }

    /// <summary>The arms beside the control share what it leaves, in the ratio of their numbers.</summary>
    private static IEnumerable<ArmShare> Treatments(DefinitionMap root, decimal left)
    {
        var said = root.Map("arms")?.NamedTexts() ?? [];
        var arms = new List<ArmShare>();
        foreach (var (name, value) in said)
        {
            if (name.Text == ControlArm)
            {
                name.Fault("The share of the control is said by \"control: {share: …}\".");
            }
            else if (!decimal.TryParse(value.Text, System.Globalization.CultureInfo.InvariantCulture, out var part) || part <= 0)
            {
                value.Fault($"\"{value}\" is no part for \"{name}\"; write a number above 0.");
            }
            else
            {
                arms.Add(new ArmShare(name.Text, part));
            }
        }

        var total = arms.Sum(arm => arm.Share);
        return arms.Count == 0 ? [new ArmShare("treated", left)] : arms.Select(arm => arm with { Share = left * arm.Share / total });
    }
}

/// <summary>An arm and the share of the customers that it gets.</summary>
public sealed record ArmShare(string Arm, decimal Share);
