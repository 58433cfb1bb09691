namespace Warehouse.SampleData.Assortment;

/// <param name="Pounds">The first list price.</param>
internal sealed record PlantedItem(string Sku, string Name, string ShelfCode, double Pounds);

/// <summary>What a planted rule is there to show.</summary>
internal enum RuleKind
{
    /// <summary>Who buys the antecedents buys the consequent more often.</summary>
    Together,

    /// <summary>Who buys the antecedent buys the consequent less often.</summary>
    Instead,

    /// <summary>Both sell in November and December alone. They seem to belong together, and do not.</summary>
    SameSeason,
}

/// <summary>
/// A rule of the baskets: each antecedent is in an order with its own probability, independently; then the consequent
/// with <see cref="Confidence"/> where all antecedents are, with <see cref="Base"/> where not all are. Each item is in no
/// other rule, costs little, and is bought for no other reason, one at a time, at list price.
/// </summary>
internal sealed record PlantedRule(
    string Name, RuleKind Kind, IReadOnlyList<(PlantedItem Item, double Probability)> Antecedents,
    PlantedItem Consequent, double Confidence, double Base)
{
    private static readonly PlantedItem s_capsules = new("PAN-COF-51", "Espresso capsules, 20", "COF", 5.49);
    private static readonly PlantedItem s_descaler = new("CLE-SUR-51", "Descaler tablets", "SUR", 3.25);
    private static readonly PlantedItem s_pasta = new("PAN-PRE-51", "Fresh pasta", "PRE", 1.85);
    private static readonly PlantedItem s_sauce = new("PAN-PRE-52", "Tomato and basil sauce", "PRE", 1.65);
    private static readonly PlantedItem s_giftBox = new("TOY-WRA-51", "Gift box, medium", "WRA", 2.25);
    private static readonly PlantedItem s_ribbon = new("TOY-WRA-52", "Ribbon roll", "WRA", 1.25);
    private static readonly PlantedItem s_charcoal = new("GAR-BBQ-51", "Charcoal, 3 kg", "BBQ", 4.49);
    private static readonly PlantedItem s_firelighters = new("GAR-BBQ-52", "Firelighters", "BBQ", 1.15);
    private static readonly PlantedItem s_album = new("HOM-FRM-51", "Photo album", "FRM", 4.95);
    private static readonly PlantedItem s_corners = new("HOM-FRM-52", "Photo corners", "FRM", 0.95);
    private static readonly PlantedItem s_notebook = new("PAP-NOT-51", "Dotted notebook, A5", "NOT", 3.45);
    private static readonly PlantedItem s_gelPen = new("PAP-PEN-51", "Gel pen", "PEN", 1.05);
    private static readonly PlantedItem s_refills = new("PAP-PEN-52", "Gel pen refills", "PEN", 1.95);
    private static readonly PlantedItem s_oatBar = new("PAN-SNA-51", "Oat bar, honey", "SNA", 0.95);
    private static readonly PlantedItem s_oatBarPlain = new("PAN-SNA-52", "Oat bar, plain", "SNA", 0.85);
    private static readonly PlantedItem s_adventCalendar = new("PAP-CAL-51", "Advent calendar", "CAL", 3.95);
    private static readonly PlantedItem s_crackers = new("TOY-WRA-53", "Christmas crackers, 6", "WRA", 4.25);

    public static IReadOnlyList<PlantedRule> All { get; } =
    [
        new("capsules and descaler", RuleKind.Together, [(s_capsules, 0.020)], s_descaler, 0.30, 0.008),
        new("pasta and sauce", RuleKind.Together, [(s_pasta, 0.030)], s_sauce, 0.40, 0.012),
        new("gift box and ribbon", RuleKind.Together, [(s_giftBox, 0.018)], s_ribbon, 0.50, 0.006),
        new("charcoal and firelighters", RuleKind.Together, [(s_charcoal, 0.015)], s_firelighters, 0.45, 0.004),
        new("album and corners", RuleKind.Together, [(s_album, 0.010)], s_corners, 0.20, 0.010),
        new("notebook, pen and refills", RuleKind.Together, [(s_notebook, 0.060), (s_gelPen, 0.070)], s_refills, 0.50, 0.010),
        new("honey or plain", RuleKind.Instead, [(s_oatBar, 0.030)], s_oatBarPlain, 0.005, 0.030),
        new("only Christmas", RuleKind.SameSeason, [(s_adventCalendar, 0.060)], s_crackers, 0.060, 0.060),
    ];

    public static IReadOnlyList<PlantedItem> Items { get; } =
        [.. All.SelectMany(rule => rule.Antecedents.Select(a => a.Item).Append(rule.Consequent))];

    public bool AppliesIn(int month) => Kind != RuleKind.SameSeason || month >= 11;
}
