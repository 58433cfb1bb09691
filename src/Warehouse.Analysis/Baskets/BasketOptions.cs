using Warehouse.Analysis.Populations;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Baskets;

/// <summary>What is asked of baskets.</summary>
/// <param name="AsOf">The date that the answer is given for.</param>
public sealed record BasketOptions(AsOf AsOf)
{
    /// <summary>What an item can be.</summary>
    public static readonly IReadOnlyList<string> Items = ["product", "subcategory", "category", "brand"];

    /// <summary>How far back baskets count. Default: all.</summary>
    public Window Window { get; init; } = Window.All;

    /// <summary>What an item is. Default: a product.</summary>
    public string By { get; init; } = Items[0];

    /// <summary>
    /// The part of all baskets that a set of items must be in, above 0 and at most 1. Null takes the least of .001, .002, .005,
    /// .01, .02, .05 and .1 at which there are at most a hundred thousand sets, and never fewer than ten baskets.
    /// </summary>
    public double? Support { get; init; }

    /// <summary>The part of the baskets with the items of a rule that must hold its consequence too, 0 to 1. Default: .1.</summary>
    public double Confidence { get; init; } = .1;

    /// <summary>The most items of a set, 2 to 6. Default: 3.</summary>
    public int MostItems { get; init; } = 3;

    /// <summary>The rate of false discoveries among the rules, above 0 and at most 1, where all rules tested are given. Default: .05.</summary>
    public double FalseDiscoveries { get; init; } = .05;

    /// <summary>Fewer baskets than this prove nothing, whatever part of all they are; who asks for a support is given it.</summary>
    internal const int FewestBaskets = 10;

    internal string Canonical => FormattableString.Invariant(
        $"{Window}; {By}; {Support}; {Confidence:R}; {MostItems}; {FalseDiscoveries:R}; hindsight={AsOf.HasHindsight}");

    internal string Words => FormattableString.Invariant(
        $"baskets of {Window.Words(AsOf.Date)}, {AsOf}; a basket is an order, without returns and test customers; an item is a {By}");

    internal void Require()
    {
        if (!Items.Contains(By, StringComparer.Ordinal))
        {
            throw new WrongCommandException($"An item is no \"{By}\". {NearNames.Hint(By, Items, "items")}");
        }

        if (Support is not (null or (> 0 and <= 1)) || Confidence is not (>= 0 and <= 1) || FalseDiscoveries is not (> 0 and <= 1))
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"Support is above 0 and at most 1 (.01 is one basket in a hundred), confidence from 0 to 1, and the rate of false discoveries above 0 and at most 1: not {Support}, {Confidence} and {FalseDiscoveries}."));
        }

        if (MostItems is < 2 or > 6)
        {
            throw new WrongCommandException(FormattableString.Invariant($"A set has 2 to 6 items at most, not {MostItems}."));
        }
    }
}
