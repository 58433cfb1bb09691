using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.Baskets;

/// <summary>What is bought together.</summary>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the options but the date, and of the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Baskets">How many baskets there are.</param>
/// <param name="Items">How many items are in them.</param>
/// <param name="Least">In so many baskets a set must be to be listed.</param>
/// <param name="Sets">The sets that are, single items too, those in most baskets first.</param>
/// <param name="Tested">Rules tested: every one of the sets whose confidence is high enough.</param>
/// <param name="Rules">Those that pass the test, the highest lift first.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record BasketResult(
    int Generation,
    AsOf AsOf,
    string Definition,
    string Words,
    long Baskets,
    long Items,
    int Least,
    IReadOnlyList<ItemSet> Sets,
    int Tested,
    IReadOnlyList<AssociationRule> Rules,
    IReadOnlyList<string> Notes);

/// <summary>Something that is bought.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name; null where it has none.</param>
public sealed record Item(string Id, string? Name)
{
    /// <inheritdoc/>
    public override string ToString() => Name is null ? Id : $"{Id} {Name}";
}

/// <summary>Items that are in the same baskets.</summary>
/// <param name="Items">Which, by their identifiers.</param>
/// <param name="Baskets">In how many baskets all of them are.</param>
/// <param name="Support">The part of all baskets.</param>
public sealed record ItemSet(IReadOnlyList<Item> Items, int Baskets, double Support);

/// <summary>Who buys the one buys the other.</summary>
/// <param name="If">The items that are in the basket.</param>
/// <param name="Then">The item that is in it too.</param>
/// <param name="Baskets">Baskets with all of them.</param>
/// <param name="BasketsWithIf">Baskets with the items of the condition.</param>
/// <param name="BasketsWithThen">Baskets with the item that follows.</param>
/// <param name="Support">Baskets with all of them over all baskets.</param>
/// <param name="Confidence">Baskets with all of them over those of the condition.</param>
/// <param name="Lift">Confidence over the part of all baskets that hold what follows: 1 where the one says nothing of the other.</param>
/// <param name="PValue">The chance of as many baskets with all of them, or more, were the two independent (Fisher's exact test, one-sided).</param>
/// <param name="QValue">The least rate of false discoveries at which the rule is one (Benjamini and Hochberg 1995), among all rules tested.</param>
public sealed record AssociationRule(
    IReadOnlyList<Item> If,
    Item Then,
    int Baskets,
    int BasketsWithIf,
    int BasketsWithThen,
    double Support,
    double Confidence,
    double Lift,
    double PValue,
    double QValue)
{
    /// <summary>The part of all baskets with all of them, less what it were if the two were independent (Piatetsky-Shapiro 1991).</summary>
    public double Leverage => Support - (Support / Lift);

    /// <summary>
    /// How many times as often the condition would be without what follows, were the two independent, as it is (Brin et al. 1997);
    /// null where it never is.
    /// </summary>
    public double? Conviction => Baskets == BasketsWithIf ? null : (1 - (Confidence / Lift)) / (1 - Confidence);
}
