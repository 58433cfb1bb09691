using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Analysis.Baskets;

/// <summary>What is bought together: frequent sets of items, and the rules in them that are no chance.</summary>
public static class BasketAnalysis
{
    /// <summary>More sets than this nobody reads, and more than the other no rule needs.</summary>
    private const int MostSets = 100_000;

    private const int MostSetsAsked = 2_000_000;

    private static readonly double[] Supports = [.001, .002, .005, .01, .02, .05, .1];

    /// <summary>Finds the sets and tests the rules.</summary>
    /// <exception cref="WrongCommandException">There are too many sets.</exception>
    public static async Task<BasketResult> RunAsync(CustomerBaskets baskets, CancellationToken cancellationToken)
    {
        var options = baskets.Options;
        var (least, items, sets) = await FindAsync(baskets, cancellationToken);
        var tested = Rules(sets, items, baskets);
        var rates = Significance.FalseDiscoveryRates([.. tested.Select(rule => rule.PValue)]);
        var rules = tested.Select((rule, place) => rule with { QValue = rates[place] })
            .Where(rule => rule.QValue <= options.FalseDiscoveries)
            .OrderByDescending(rule => rule.Lift)
            .ThenByDescending(rule => rule.Baskets)
            .ThenBy(rule => string.Join('\n', rule.If.Append(rule.Then).Select(item => item.Id)), StringComparer.Ordinal)
            .ToList();
        return new BasketResult(
            baskets.Generation,
            options.AsOf,
            baskets.Definition,
            FormattableString.Invariant(
                $"{options.Words}; sets of up to {options.MostItems} items in at least {least:#,##0} of {baskets.Baskets:#,##0} baskets; rules with a confidence of at least {options.Confidence:0.###}, a rate of false discoveries of {options.FalseDiscoveries:0.###} among {tested.Count:#,##0} tested"),
            baskets.Baskets,
            baskets.Items,
            least,
            [
                .. sets.Select(set => new ItemSet([.. set.Items.Select(place => items[place]).OrderBy(item => item.Id, StringComparer.Ordinal)], set.Baskets, (double)set.Baskets / baskets.Baskets))
                    .OrderByDescending(set => set.Baskets)
                    .ThenBy(set => string.Join('\n', set.Items.Select(item => item.Id)), StringComparer.Ordinal),
            ],
            tested.Count,
            rules,
            [.. Notes(baskets, least, items.Count, tested.Count, rules.Count)]);
    }

    /// <summary>The sets by the support asked for, or by the least customary one at which they are not too many.</summary>
    private static async Task<(int Least, List<Item> Items, List<(int[] Items, int Baskets)> Sets)> FindAsync(
        CustomerBaskets baskets, CancellationToken cancellationToken)
    {
        var options = baskets.Options;
        foreach (var support in options.Support is { } asked ? [asked] : Supports)
        {
            // Of decimals: .07 of a hundred baskets are seven, and not one more for the seventeenth digit.
            var least = Math.Max(options.Support is null ? BasketOptions.FewestBaskets : 1, (int)Math.Ceiling((decimal)support * baskets.Baskets));
            var frequent = await baskets.Connection.RowsAsync(
                CustomerBaskets.Sql("frequent_item"),
                row => (Item: new Item(row.GetString(1), row.TextOrNull(2)), Baskets: row.GetFieldValue<List<int>>(3).ToArray()),
                cancellationToken,
                ("least", least));
            var most = options.Support is null ? MostSets : MostSetsAsked;
            if (FrequentItemSets.Find([.. frequent.Select(item => item.Baskets)], least, options.MostItems, most, cancellationToken) is { } sets)
            {
                return (least, frequent.ConvertAll(item => item.Item), sets);
            }
        }

        throw new WrongCommandException(FormattableString.Invariant(
            $"More than {(options.Support is null ? MostSets : MostSetsAsked):#,##0} sets of items are in enough baskets: ask for a higher --support or fewer items in a set."));
    }

    /// <summary>The rules with one item that follows, of every set with two items or more; the rate of false discoveries is not known yet.</summary>
    private static List<AssociationRule> Rules(List<(int[] Items, int Baskets)> sets, List<Item> items, CustomerBaskets baskets)
    {
        var counts = sets.ToDictionary(set => set.Items, set => set.Baskets, new ItemPlaces());
        var rules = new List<AssociationRule>();
        foreach (var (set, both) in sets.Where(set => set.Items.Length > 1))
        {
            foreach (var then in set)
            {
                int[] condition = [.. set.Where(place => place != then)];
                var (withIf, withThen) = (counts[condition], counts[[then]]);
                if ((double)both / withIf >= baskets.Options.Confidence)
                {
                    rules.Add(new AssociationRule(
                        [.. condition.Select(place => items[place]).OrderBy(item => item.Id, StringComparer.Ordinal)],
                        items[then],
                        both,
                        withIf,
                        withThen,
                        (double)both / baskets.Baskets,
                        (double)both / withIf,
                        (double)both / withIf / withThen * baskets.Baskets,
                        Significance.AtLeast(both, withIf, withThen, baskets.Baskets),
                        QValue: 1));
                }
            }
        }

        return rules;
    }

    private static IEnumerable<string> Notes(CustomerBaskets baskets, int least, int frequent, int tested, int rules)
    {
        if (baskets.Baskets == 0)
        {
            yield return "There are no baskets: the window holds no sale of a known product that was recorded by the date (see --hindsight).";
        }
        else if (frequent == 0)
        {
            yield return FormattableString.Invariant($"No item is in {least:#,##0} {(least == 1 ? "basket" : "baskets")}: ask for a lower --support, or items that are broader (--by category).");
        }
        else if (rules == 0)
        {
            yield return tested == 0
                ? "No two items are in enough baskets together: ask for a lower --support or --confidence."
                : FormattableString.Invariant($"None of the {tested:#,##0} rules tested is more than chance.");
        }

        if (rules > 0)
        {
            yield return "Items that are sold as a set, or instead of each other in one season, come together too: a rule says that they do, not why.";
        }
    }
}
