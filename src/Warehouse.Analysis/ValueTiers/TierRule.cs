using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>What the limits of tiers are shares of.</summary>
public enum TierBasis
{
    /// <summary>The value of all customers, counted from the best customer down.</summary>
    Value,

    /// <summary>The number of customers, counted from the best down.</summary>
    Customers,
}

/// <summary>
/// How customers are cut into tiers. A customer belongs to the first tier whose limit is above the share of those who
/// are strictly better, so that equal values share a tier, and the customer who crosses a limit is still within it.
/// </summary>
public sealed record TierRule
{
    /// <summary>The most tiers there can be.</summary>
    public const int MostTiers = 10;

    private TierRule(TierBasis basis, IReadOnlyList<TierLimit> tiers) => (Basis, Tiers) = (basis, tiers);

    /// <summary>A makes the first 80 % of the value, B the next 15 %, C the rest.</summary>
    public static TierRule ByValue { get; } = Of(TierBasis.Value, new TierLimit("A", .8m), new TierLimit("B", .95m), new TierLimit("C", 1));

    /// <summary>A is the best 20 % of the customers, B the next 30 %, C the rest.</summary>
    public static TierRule ByCustomers { get; } = Of(TierBasis.Customers, new TierLimit("A", .2m), new TierLimit("B", .5m), new TierLimit("C", 1));

    /// <summary>What the limits are shares of.</summary>
    public TierBasis Basis { get; }

    /// <summary>The tiers, the best first. The last one's limit is 1: it takes the rest.</summary>
    public IReadOnlyList<TierLimit> Tiers { get; }

    /// <summary>Makes a rule.</summary>
    /// <exception cref="WrongCommandException">Limits do not rise to 1, or names are missing or equal.</exception>
    public static TierRule Of(TierBasis basis, params IReadOnlyList<TierLimit> tiers)
    {
        if (tiers.Count is < 2 or > MostTiers)
        {
            throw new WrongCommandException(FormattableString.Invariant($"There can be 2 to {MostTiers} tiers, not {tiers.Count}."));
        }

        if (tiers[0].UpTo <= 0 || tiers[^1].UpTo != 1 || tiers.Zip(tiers.Skip(1)).Any(pair => pair.First.UpTo >= pair.Second.UpTo))
        {
            throw new WrongCommandException(
                $"The limits of tiers rise from above 0 to 1, which is all: not {string.Join(", ", tiers.Select(tier => tier.UpTo.ToString(CultureInfo.InvariantCulture)))}.");
        }

        if (tiers.Any(tier => tier.Name.Length == 0) || tiers.DistinctBy(tier => tier.Name, StringComparer.Ordinal).Count() < tiers.Count)
        {
            throw new WrongCommandException($"Each tier has a name of its own: not {string.Join(", ", tiers.Select(tier => $"\"{tier.Name}\""))}.");
        }

        return new TierRule(basis, tiers);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(", ", Tiers.Select(tier => string.Create(CultureInfo.InvariantCulture, $"{tier.Name} up to {tier.UpTo * 100:0.####} %")))
        + (Basis == TierBasis.Value ? " of the value" : " of the customers");
}

/// <summary>A tier and where it ends.</summary>
/// <param name="Name">Its name.</param>
/// <param name="UpTo">The share, above 0 and at most 1, of value or customers that is in this tier or a better one.</param>
public sealed record TierLimit(string Name, decimal UpTo);
