using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Analysis.Contacts;

/// <summary>
/// What becomes of customers whose complaint was resolved, was not, or who had none. Customers are compared with those of the same
/// month, orders, recency and spend before (coarsened exact matching: Iacus, King and Porro 2012), each kind weighing as much as it has
/// complainers. It is a comparison of like with like as far as behaviour tells, no experiment.
/// </summary>
public static class ComplaintRecovery
{
    private const double Reach = 1.959964;

    private static readonly string[] Fates = ["resolved", "unresolved", "none"];

    private static readonly (string One, string Other)[] Pairs = [("resolved", "none"), ("unresolved", "none"), ("resolved", "unresolved")];

    /// <summary>Compares the three.</summary>
    /// <exception cref="WrongCommandException">An option makes no sense.</exception>
    public static async Task<RecoveryResult> RunAsync(CustomerActivity activity, RecoveryOptions options, CancellationToken cancellationToken)
    {
        options.Require();
        var sql = SqlFile.Read(typeof(ComplaintRecovery), "Contacts/recovery.sql");
        var kinds = await activity.Connection.RowsAsync(
            sql,
            row => new RecoveryKind(row.GetString(0), row.GetInt32(1), new RecoverySums(row.GetInt64(2), row.GetInt64(3), row.GetDouble(4), row.GetDouble(5))),
            cancellationToken,
            ("as_of", activity.AsOf.Date),
            ("ends_at", activity.AsOf.End),
            ("known_before", activity.AsOf.KnownBefore),
            ("first_date", options.Window.FirstDate(activity.AsOf.Date)),
            ("resolve_days", options.ResolveDays),
            ("follow_days", options.FollowDays));
        var groups = Fates.Select(fate => GroupOf(fate, kinds)).OfType<RecoveryGroup>().ToList();
        var comparisons = Pairs.Select(pair => Compare(pair.One, pair.Other, kinds)).OfType<RecoveryComparison>().ToList();
        return new RecoveryResult(
            activity.Generation,
            activity.AsOf.Date,
            DefinitionHash.Of("recovery", options.Canonical, FormattableString.Invariant($"hindsight={activity.AsOf.HasHindsight}"), CustomerActivity.Sql, sql),
            FormattableString.Invariant(
                $"customers who had bought in the year before their first complaint, {options.Window.Words(activity.AsOf.Date)}, {activity.AsOf}; resolved within {options.ResolveDays} days of it, or not; followed for {options.FollowDays} days after those; compared with customers of the same month, orders, recency and spend before"),
            groups,
            comparisons,
            [.. NotesOf(groups, comparisons)]);
    }

    private static RecoveryGroup? GroupOf(string fate, List<RecoveryKind> kinds)
    {
        var sums = RecoverySums.Of(kinds.Where(kind => kind.Fate == fate).Select(kind => kind.Sums));
        return sums.Customers == 0 ? null : new RecoveryGroup(fate, sums.Customers, (double)sums.Retained / sums.Customers, sums.Amount / sums.Customers);
    }

    /// <summary>The difference of the one from the other, over the kinds that have both, weighted by how many of the one are in each.</summary>
    private static RecoveryComparison? Compare(string one, string other, List<RecoveryKind> kinds)
    {
        var others = kinds.Where(kind => kind.Fate == other).ToDictionary(kind => kind.Kind, kind => kind.Sums);
        var own = kinds.Where(kind => kind.Fate == one).ToList();
        var matched = own.Where(kind => others.ContainsKey(kind.Kind)).Select(kind => (One: kind.Sums, Other: others[kind.Kind])).ToList();
        var count = matched.Sum(pair => pair.One.Customers);
        if (count < 2)
        {
            return null;
        }

        // One kind alone may have too few customers to tell their spread: a kind's variance is that of its mean over all of its fate.
        var (ownSpread, otherSpread) = (Spread([.. matched.Select(pair => pair.One)]), Spread([.. matched.Select(pair => pair.Other)]));
        var (retention, amount, retentionVariance, amountVariance) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (mine, theirs) in matched)
        {
            var weight = (double)mine.Customers / count;
            retention += weight * (mine.Retention - theirs.Retention);
            amount += weight * (mine.Mean - theirs.Mean);
            retentionVariance += weight * weight * ((ownSpread.Retention / mine.Customers) + (otherSpread.Retention / theirs.Customers));
            amountVariance += weight * weight * ((ownSpread.Amount / mine.Customers) + (otherSpread.Amount / theirs.Customers));
        }

        return new RecoveryComparison(
            one,
            other,
            count,
            own.Sum(kind => kind.Sums.Customers) - count,
            Range(retention, retentionVariance),
            Range(amount, amountVariance));
    }

    /// <summary>The variance within kinds, pooled over them.</summary>
    private static (double Retention, double Amount) Spread(List<RecoverySums> kinds)
    {
        var freedom = Math.Max(1, kinds.Sum(kind => kind.Customers - 1));
        return (
            Math.Max(kinds.Sum(kind => kind.Customers * kind.Retention * (1 - kind.Retention)) / freedom, 0),
            Math.Max(kinds.Sum(kind => kind.AmountSquared - (kind.Customers * kind.Mean * kind.Mean)) / freedom, 0));
    }

    private static RecoveryDifference Range(double difference, double variance) =>
        new(difference, difference - (Reach * Math.Sqrt(variance)), difference + (Reach * Math.Sqrt(variance)));

    private static IEnumerable<string> NotesOf(List<RecoveryGroup> groups, List<RecoveryComparison> comparisons)
    {
        if (groups.All(group => group.Fate == "none"))
        {
            yield return "Nobody who had bought in the year before complained long enough before the date to see what followed.";
        }
        else if (comparisons.Count == 0)
        {
            yield return "There are too few customers of the same kind to compare.";
        }

        foreach (var comparison in comparisons)
        {
            var verdict = comparison.Retention.From > 0 ? "stay more" : comparison.Retention.To < 0 ? "stay less" : "are not told apart by staying";
            var (one, other) = (Words(comparison.Fate), Words(comparison.Against));
            yield return FormattableString.Invariant(
                $"Customers with {one} {verdict} than like ones with {other}: {comparison.Retention.Difference * 100:+0.0;-0.0} points ({comparison.Retention.From * 100:+0.0;-0.0} to {comparison.Retention.To * 100:+0.0;-0.0}), and spend {comparison.Amount.Difference:+#,##0.00;-#,##0.00} ({comparison.Amount.From:+#,##0.00;-#,##0.00} to {comparison.Amount.To:+#,##0.00;-#,##0.00}).");
        }

        static string Words(string fate) => fate switch
        {
            "resolved" => "a complaint that was resolved",
            "unresolved" => "a complaint that was not",
            _ => "none",
        };
    }
}
