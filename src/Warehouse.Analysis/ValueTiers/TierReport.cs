using System.Data.Common;
using System.Globalization;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>A row of <c>tier.sql</c>.</summary>
internal sealed record TierSums(int Tier, long Customers, decimal Value, decimal Revenue, decimal Least, decimal Most)
{
    public static TierSums Read(DbDataReader row) =>
        new(row.GetInt32(0), row.GetInt64(1), row.GetDecimal(2), row.GetDecimal(3), row.GetDecimal(4), row.GetDecimal(5));
}

/// <summary>Makes the result of the sums that the SQL gave.</summary>
internal sealed class TierReport(
    CustomerSales sales, TierOptions options, ValueSpread spread, (long Customers, decimal Revenue, decimal Value) notPositive)
{
    private readonly bool _leavesOut = options.ZeroSpenders == Counting.LeftOut && notPositive.Customers > 0;

    public TierResult ToResult(Concentration? concentration, IReadOnlyList<TierSums> sums) => new(
        sales.Generation,
        options.Population.AsOf,
        Hash(),
        Words(),
        Population(),
        concentration,
        concentration is null ? [] : [.. options.Rule.Tiers.Select((limit, place) => Of(limit.Name, sums.FirstOrDefault(tier => tier.Tier == place + 1)))],
        [.. sales.Notes, .. Notes(sums)]);

    private Tier Of(string name, TierSums? sums) => sums is null
        ? new Tier(name, 0, 0, 0, 0, 0, null, null, null)
        : new Tier(
            name,
            sums.Customers,
            (decimal)sums.Customers / spread.Customers,
            sums.Value,
            sums.Value / spread.Value,
            sums.Revenue,
            sums.Least,
            sums.Most,
            sums.Value / sums.Customers);

    private Population Population() => _leavesOut
        ? sales.Population with
        {
            Customers = sales.Population.Customers - notPositive.Customers,
            Revenue = sales.Population.Revenue - notPositive.Revenue,
            Value = sales.Population.Value - notPositive.Value,
            LeftOut = [.. sales.Population.LeftOut, new LeftOut("customers whose value is zero or less", notPositive.Customers, notPositive.Revenue)],
        }
        : sales.Population;

    private IEnumerable<string> Notes(IReadOnlyList<TierSums> sums)
    {
        if (sales.Population.Customers == 0)
        {
            yield break;
        }

        if (spread.Value <= 0)
        {
            yield return _leavesOut && spread.Customers == 0
                ? "There is no tier: no customer has a value above zero."
                : string.Create(CultureInfo.InvariantCulture, $"There is no tier: the customers' value adds up to {spread.Value:N2}, and shares of it mean nothing.");
            yield break;
        }

        if (spread.Customers == 1)
        {
            yield return "There is one customer: he is the best and the rest, and the spread says nothing.";
        }
        else if (sums.Count == 1 && sums[0].Least == sums[0].Most)
        {
            yield return "All customers have the same value: equal values share a tier, so that all are in the best.";
        }

        if (!_leavesOut && notPositive.Value < 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{notPositive.Customers:N0} customers have a value of zero or less, together {notPositive.Value:N2}: shares can exceed 1, and so can Gini's coefficient.");
        }
    }

    private string Words() =>
        $"Value tiers of {options.Population.Words}, "
        + (options.ZeroSpenders == Counting.Counted ? "also with" : "and with")
        + (options.ZeroSpenders == Counting.Counted ? " a value of zero or less" : " a value above zero")
        + $". Tiers: {options.Rule}; equal values share a tier.";

    private string Hash() => DefinitionHash.Of(
        "tiers",
        options.Population.Canonical,
        $"zero spenders={options.ZeroSpenders}",
        FormattableString.Invariant($"basis={options.Rule.Basis}"),
        string.Join(",", options.Rule.Tiers.Select(tier => FormattableString.Invariant($"{tier.UpTo:G29}:{tier.Name}"))),
        CustomerSales.Sql,
        options.Population.Measure == ValueMeasure.Expected ? new LifetimeOptions(options.Population.AsOf).Canonical : "",
        SqlFile.Read(typeof(TierReport), "ValueTiers/value_rank.sql"),
        SqlFile.Read(typeof(TierReport), "ValueTiers/tier_cut.sql"),
        TierCuts.Sql);
}
