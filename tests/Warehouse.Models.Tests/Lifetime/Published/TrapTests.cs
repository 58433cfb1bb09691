using System.Globalization;
using System.IO.Compression;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Published;

/// <summary>Two traps that real data showed.</summary>
public sealed class TrapTests
{
    [SkippableFact]
    public void BgNbd_CdnowHoldout_ProbabilityAliveRanksChurnWorseThanChanceAndExpectedPurchasesRankIt()
    {
        var sample = CdnowSample.FromTransactions();
        var model = PurchaseModel.Of(BgNbdModel.Fit(sample.Statistics));
        bool[] churned = [.. sample.HoldoutPurchases.Select(purchases => purchases == 0)];

        Near.Digits(0.316, Auc([.. sample.Histories.Select(history => 1 - model.ProbabilityAlive(history))], churned), 3);
        Near.Digits(0.7725, Auc([.. sample.Histories.Select(history => -model.ConditionalExpectedPurchases(history, 39))], churned), 4);
        Near.Digits(0.7714, Auc([.. sample.Histories.Select(history => history.Age - history.Recency)], churned), 4);
    }

    [SkippableFact]
    public void BgNbd_CustomersWithoutRepeatPurchase_AreAliveForCertainAndSaidNotToRank()
    {
        var sample = CdnowSample.FromTransactions();
        var model = PurchaseModel.Of(BgNbdModel.Fit(sample.Statistics));

        Assert.All(sample.Histories, history =>
        {
            Assert.Equal(history.Frequency > 0, PurchaseModel.ProbabilityAliveRanks(history));
            Assert.Equal(history.Frequency == 0, model.ProbabilityAlive(history) == 1);
        });
    }

    [SkippableFact]
    public void BgNbd_NineMonthsOfOnlineRetail_BRunsToItsBoundAndIsSaidTo()
    {
        var statistics = OnlineRetail(until: new DateOnly(2011, 9, 1));

        var fit = BgNbdModel.Fit(statistics);

        Assert.Equal(3317, statistics.Customers);
        Assert.False(fit.Converged);
        var outcome = Assert.IsType<FitOutcome.ParameterAtBound>(fit.Outcome);
        var b = Assert.Single(outcome.Bounds, bound => bound.Parameter == "b");
        Assert.True(b.Upper);
        Assert.Contains("dropout cannot be estimated", b.Meaning, StringComparison.Ordinal);
        Assert.Null(fit.StandardErrors["b"]);
        Assert.NotNull(fit.StandardErrors["r"]);
        Assert.All(fit.Parameters.Values, value => Assert.True(double.IsFinite(value)));
    }

    /// <summary>Days with a purchase (no cancellations, no returns, no gifts) of identified customers before a date.</summary>
    private static SufficientStatistics OnlineRetail(DateOnly until)
    {
        using var file = File.OpenRead(PublicData.Path("online_retail/online_retail.csv.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var days = new Dictionary<string, SortedSet<int>>(StringComparer.Ordinal);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            // The description, the only quoted field, may hold commas: the others are counted from the ends.
            var fields = line.Split(',');
            var (quantity, date, price, customer) = (fields[^5], fields[^4], fields[^3], fields[^2]);
            var day = customer.Length == 0 || fields[0][0] == 'C' || quantity[0] == '-' || double.Parse(price, CultureInfo.InvariantCulture) <= 0
                ? (DateOnly?)null
                : DateOnly.ParseExact(date.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (day < until)
            {
                days.TryAdd(customer, []);
                days[customer].Add(day.Value.DayNumber);
            }
        }

        return SufficientStatistics.Of(
            [.. days.Values.Select(customer => new PurchaseHistory(customer.Count - 1, customer.Max - customer.Min, until.DayNumber - customer.Min))]);
    }

    /// <summary>P(score of a positive &gt; score of a negative), ties half.</summary>
    private static double Auc(double[] scores, bool[] positive)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).ToArray();
        var rankSum = 0.0;
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && scores[order[to]] == scores[order[from]]; to++)
            {
            }

            rankSum += order[from..to].Count(i => positive[i]) * ((from + to + 1) / 2.0);
        }

        var positives = (double)positive.Count(value => value);
        return (rankSum - (positives * (positives + 1) / 2)) / (positives * (positive.Length - positives));
    }
}
