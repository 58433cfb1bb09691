using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Warehouse.SampleData.Customers;

namespace Warehouse.SampleData.Tests.Law;

/// <summary>BG/NBD and Gamma-Gamma, in the truth and in the files of the repository.</summary>
public sealed class LifetimeLawTests
{
    private static readonly SampleFolder s_sample = SampleFolder.CommittedOrders;

    [Fact]
    public void Rates_AreGamma() => Significance.AssertDistributed(
        s_sample.Numbers("SELECT rate FROM '{truth}/customers.parquet'"),
        rate => Gamma.CDF(Population.R, Population.Alpha, rate));

    [Fact]
    public void DropoutProbabilities_AreBeta() => Significance.AssertDistributed(
        s_sample.Numbers("SELECT dropout_probability FROM '{truth}/customers.parquet'"),
        p => Beta.CDF(Population.A, Population.B, p));

    [Fact]
    public void MeanOrderValues_AreInverseGamma() => Significance.AssertDistributed(
        s_sample.Numbers("SELECT mean_order_value FROM '{truth}/customers.parquet'"),
        value => 1 - Gamma.CDF(Population.SpendQ, Population.SpendGamma, Population.SpendP / value));

    [Fact]
    public void RatesDropoutsAndValues_AreUncorrelated()
    {
        var row = s_sample.Rows("""
            SELECT corr(ln(rate), ln(dropout_probability)), corr(ln(rate), ln(mean_order_value)),
                   corr(ln(dropout_probability), ln(mean_order_value)), count(*)
            FROM '{truth}/customers.parquet' WHERE dropout_probability > 0
            """)[0];
        foreach (var correlation in row.Take(3))
        {
            Significance.AssertNear(0, (double)correlation, 1 / Math.Sqrt((long)row[3]));
        }
    }

    [Fact]
    public void Undisturbed_HaveLeft_AsOftenAsTheirRatesSay()
    {
        // Orders that end custom come at rate λp, so who came s weeks ago has left with probability 1 − exp(−λps).
        var row = s_sample.Rows("""
            SELECT count(left_on), sum(gone), sqrt(sum(gone * (1 - gone)))
            FROM (
                SELECT left_on, 1 - exp(-rate::DOUBLE * dropout_probability * (1096 / 7.0 - weeks_at_midnight)) AS gone
                FROM '{truth}/customers.parquet' JOIN '{truth}/clock.parquet' ON date = acquired_on
                WHERE is_undisturbed
            )
            """)[0];
        Significance.AssertNear((double)row[1], (long)row[0], (double)row[2]);
    }

    [Fact]
    public void Newcomers_CameEvenlyByTheTradingClock() => Significance.AssertDistributed(
        s_sample.Numbers("""
            SELECT (weeks_at_midnight + weight / 14) / (1096 / 7.0)
            FROM '{truth}/customers.parquet' JOIN '{truth}/clock.parquet' ON date = acquired_on WHERE origin = 'newcomer'
            """),
        share => share);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BgNbd_OfTheUndisturbed_IsLikeliestNearTheHiddenParameters(bool byTradingClock)
    {
        // By the calendar the law holds nearly: seasons come and go within the three years.
        var customers = Summaries(byTradingClock);
        double Likelihood(double r, double alpha, double a, double b) =>
            customers.Sum(customer => BgNbd(customer, r, alpha, a, b));

        var (r, alpha, a, b) = (Population.R, Population.Alpha, Population.A, Population.B);
        var atTruth = Likelihood(r, alpha, a, b);
        foreach (var factor in new[] { 0.8, 1.25 })
        {
            Assert.True(atTruth > Likelihood(r * factor, alpha, a, b), $"r x {factor}");
            Assert.True(atTruth > Likelihood(r, alpha * factor, a, b), $"alpha x {factor}");
            Assert.True(atTruth > Likelihood(r, alpha, a * factor, b), $"a x {factor}");
            Assert.True(atTruth > Likelihood(r, alpha, a, b * factor), $"b x {factor}");
        }
    }

    [Fact]
    public void GammaGamma_OfTheUndisturbed_IsLikeliestNearTheHiddenParameters()
    {
        var customers = s_sample.Rows("""
            SELECT count(*), avg(pounds) FROM orders JOIN '{truth}/customers.parquet' USING (person_id)
            WHERE is_undisturbed GROUP BY person_id
            """).Select(row => ((long)row[0], (double)row[1])).ToArray();
        double Likelihood(double p, double q, double v) =>
            customers.Sum(customer => GammaGamma(customer.Item1, customer.Item2, p, q, v));

        var (p, q, v) = (Population.SpendP, Population.SpendQ, Population.SpendGamma);
        var atTruth = Likelihood(p, q, v);
        foreach (var factor in new[] { 0.8, 1.25 })
        {
            Assert.True(atTruth > Likelihood(p * factor, q, v), $"p x {factor}");
            Assert.True(atTruth > Likelihood(p, q * factor, v), $"q x {factor}");
            Assert.True(atTruth > Likelihood(p, q, v * factor), $"v x {factor}");
        }
    }

    [Fact]
    public void OrdersOfACustomer_ComeToTheMeanValueOfTheTruth()
    {
        // The basket's value misses the one drawn by a few per cent, as often up as down.
        var row = s_sample.Rows("""
            SELECT avg(ratio), stddev(ratio) / sqrt(count(*))
            FROM (
                SELECT sum(pounds) / (count(*) * any_value(mean_order_value)) AS ratio
                FROM orders JOIN '{truth}/customers.parquet' USING (person_id) GROUP BY person_id
            )
            """)[0];
        Assert.InRange((double)row[0], 0.98, 1.02);
        Assert.True((double)row[1] < 0.005);
    }

    private static (int X, double Last, double Age)[] Summaries(bool byTradingClock)
    {
        var reading = byTradingClock
            ? "weeks_at_midnight + weight / 7 * epoch(ordered_at - date::TIMESTAMP) / 86400"
            : "epoch(ordered_at - '2023-07-01'::TIMESTAMP) / 604800";
        return [.. s_sample.Rows($"""
            SELECT count(*) - 1, max({reading}) - min({reading}), 1096 / 7.0 - min({reading})
            FROM orders JOIN '{"{truth}"}/clock.parquet' ON date = ordered_at::DATE
                 JOIN '{"{truth}"}/customers.parquet' USING (person_id)
            WHERE is_undisturbed GROUP BY person_id
            """).Select(row => ((int)(long)row[0], (double)row[1], (double)row[2]))];
    }

    /// <summary>Fader, Hardie and Lee (2005), equation 6, in logarithms.</summary>
    private static double BgNbd((int X, double Last, double Age) customer, double r, double alpha, double a, double b)
    {
        var (x, last, age) = customer;
        var there = -(r + x) * Math.Log(alpha + age);
        if (x > 0)
        {
            var gone = Math.Log(a / (b + x - 1)) - ((r + x) * Math.Log(alpha + last));
            var larger = Math.Max(there, gone);
            there = larger + Math.Log(Math.Exp(there - larger) + Math.Exp(gone - larger));
        }

        return SpecialFunctions.GammaLn(r + x) - SpecialFunctions.GammaLn(r) + (r * Math.Log(alpha))
            + SpecialFunctions.BetaLn(a, b + x) - SpecialFunctions.BetaLn(a, b) + there;
    }

    /// <summary>Fader and Hardie (2013), equation 1a, in logarithms.</summary>
    private static double GammaGamma(long x, double mean, double p, double q, double v) =>
        SpecialFunctions.GammaLn((p * x) + q) - SpecialFunctions.GammaLn(p * x) - SpecialFunctions.GammaLn(q)
        + (q * Math.Log(v)) + (((p * x) - 1) * Math.Log(mean)) + (p * x * Math.Log(x))
        - (((p * x) + q) * Math.Log(v + (x * mean)));
}
