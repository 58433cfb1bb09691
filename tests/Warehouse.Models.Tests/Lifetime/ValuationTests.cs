using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ParetoNbd;

namespace Warehouse.Models.Tests.Lifetime;

public sealed class ValuationTests
{
    private static readonly PurchaseModel[] Models =
    [
        new BgNbdModel(0.243, 4.414, 0.793, 2.426), new MbgNbdModel(0.525, 6.183, 0.891, 1.614), new ParetoNbdModel(0.553, 10.578, 0.606, 11.669),
    ];

    private static readonly PurchaseHistory[] Histories = [new(0, 0, 38.86), new(2, 30.43, 38.86), new(26, 30.86, 31), new(3, 5, 60)];

    [Fact]
    public void DiscountedExpectedPurchases_EqualsTheSumOfDiscountedDays()
    {
        const double Rate = 0.0027;
        const int DaysPerWeek = 70;
        foreach (var model in Models)
        {
            foreach (var history in Histories)
            {
                var sum = 0.0;
                for (var step = 0; step < 52 * DaysPerWeek; step++)
                {
                    var from = step / (double)DaysPerWeek;
                    var to = (step + 1) / (double)DaysPerWeek;
                    sum += Math.Exp(-Rate * (from + to) / 2)
                        * (model.ConditionalExpectedPurchases(history, to) - model.ConditionalExpectedPurchases(history, from));
                }

                Near.Relative(sum, model.DiscountedExpectedPurchases(history, 52, Rate), 1e-8);
            }
        }
    }

    [Fact]
    public void DiscountedExpectedPurchases_OfALongHorizon_IsTheResidualWithoutEnd()
    {
        foreach (var model in Models)
        {
            foreach (var history in Histories)
            {
                Near.Relative(
                    model.DiscountedExpectedResidualTransactions(history, 0.02),
                    model.DiscountedExpectedPurchases(history, 3000, 0.02),
                    1e-9);
                Assert.Equal(model.ConditionalExpectedPurchases(history, 30), model.DiscountedExpectedPurchases(history, 30, 0));
                Assert.Equal(0, model.DiscountedExpectedPurchases(history, 0, 0.02));
            }
        }
    }

    [Fact]
    public void DiscountRate_OfAYear_CompoundsToIt()
    {
        Near.Relative(1.1, Math.Exp(52 * DiscountRate.Continuous(0.1, 52)), 1e-14);
        Near.Relative(1.1, Math.Pow(1 + DiscountRate.PerOccasion(0.1, 12), 12), 1e-14);
    }

    [Fact]
    public void Value_IsMarginTimesDiscountedPurchasesTimesExpectedSpend()
    {
        var spend = new GammaGammaModel(6.25, 3.74, 15.44);
        var customer = new ValuedCustomer(new PurchaseHistory(2, 30.43, 38.86), new SpendHistory(2, 22.35));
        var withoutEnd = new LifetimeValuation(Models[0], spend, new ValuationTerms(0.0027, Margin: 0.3)).Value(customer);
        var ofAYear = new LifetimeValuation(Models[0], spend, new ValuationTerms(0.0027, Margin: 0.3, Horizon: 52)).Value(customer);

        Near.Relative(
            0.3 * Models[0].DiscountedExpectedResidualTransactions(customer.Purchases, 0.0027) * spend.ConditionalExpectedSpend(customer.Spend),
            withoutEnd,
            1e-14);
        Near.Relative(
            0.3 * Models[0].DiscountedExpectedPurchases(customer.Purchases, 52, 0.0027) * spend.ConditionalExpectedSpend(customer.Spend),
            ofAYear,
            1e-14);
        Assert.True(ofAYear < withoutEnd);
    }

    [Fact]
    public void Value_WhereMeanSpendDoesNotExist_IsInfiniteAndSaidToBe()
    {
        var spend = new GammaGammaModel(2, 0.8, 15);

        Assert.Null(spend.PopulationMean);
        Assert.Equal(double.PositiveInfinity, spend.ConditionalExpectedSpend(SpendHistory.Unknown));
        Assert.True(double.IsFinite(spend.ConditionalExpectedSpend(new SpendHistory(1, 20))));
    }

    [SkippableFact]
    public void Uncertainty_OfCdnow_IsReproducibleHoldsTheEstimateAndNarrowsForTheTotal()
    {
        var sample = CdnowSample.FromTransactions();
        var purchases = BgNbdModel.Fit(sample.Statistics);
        var spend = GammaGammaModel.Fit(sample.RepeatersSpend);
        var terms = new ValuationTerms(DiscountRate.Continuous(0.15, 52.18), Horizon: 52);
        ValuedCustomer[] customers = [.. sample.Customers.Take(200).Select(customer => new ValuedCustomer(customer.History, customer.Spend))];

        var uncertainty = new LifetimeValueUncertainty(purchases, spend, terms, draws: 300, seed: 1);
        var again = new LifetimeValueUncertainty(purchases, spend, terms, draws: 300, seed: 1);
        var other = new LifetimeValueUncertainty(purchases, spend, terms, draws: 300, seed: 2);

        foreach (var customer in customers.Take(20))
        {
            var interval = uncertainty.Of(customer);
            Assert.True(0 < interval.Low && interval.Low < interval.Expected && interval.Expected < interval.High);
            Assert.Equal(interval, again.Of(customer));
            Assert.NotEqual(interval, other.Of(customer));
            Near.Relative(interval.High - interval.Low, other.Of(customer).High - other.Of(customer).Low, 0.5);
        }

        var total = uncertainty.OfTotal(customers);
        Assert.Equal(total, again.OfTotal(customers, parallel: new ParallelOptions { MaxDegreeOfParallelism = 1 }));
        Assert.InRange(total.Expected, total.Low, total.High);
        Assert.True((total.High - total.Low) / total.Expected < 0.25);
        Assert.True(uncertainty.OfTotal(customers, level: 0.5).Low > total.Low);
    }

    /// <summary>The interval is as wide as the delta method says of a value that is a power of one parameter.</summary>
    [Fact]
    public void Uncertainty_OfSpendScale_IsThatOfItsStandardError()
    {
        var spend = GammaGammaModel.Fit(new Simulated(seed: 5).Spend(new GammaGammaModel(6.25, 3.74, 15.44), 20_000));
        var purchases = BgNbdModel.Fit(SufficientStatistics.Of(
            new Simulated(seed: 6).Customers(new BgNbdModel(0.6, 8, 0.8, 2.5), 20_000, 5, 80, after: 0).Histories));
        var uncertainty = new LifetimeValueUncertainty(purchases, spend, new ValuationTerms(0.01, Horizon: 1), draws: 4000, seed: 3);
        var customer = new ValuedCustomer(new PurchaseHistory(0, 0, 1e-9), SpendHistory.Unknown);

        // A new customer within a moment: E[X] = r/α, E[M] = pv/(q-1).
        var interval = uncertainty.Of(customer);
        double Log(string name, LifetimeFit fit, string other) =>
            fit.Covariance![Index(fit, name)][Index(fit, other)] / (fit.Parameters[name] * fit.Parameters[other]);
        int Index(LifetimeFit fit, string name) => fit.Parameters.Keys.ToList().IndexOf(name);
        var q = spend.Parameters["q"];
        var ofQ = -q / (q - 1);
        var variance = Log("r", purchases, "r") + Log("alpha", purchases, "alpha") - (2 * Log("r", purchases, "alpha"))
            + Log("p", spend, "p") + Log("v", spend, "v") + (ofQ * ofQ * Log("q", spend, "q"))
            + (2 * Log("p", spend, "v")) + (2 * ofQ * (Log("p", spend, "q") + Log("v", spend, "q")));

        Near.Relative(2 * 1.96 * Math.Sqrt(variance), Math.Log(interval.High / interval.Low), 0.1);
    }

    [Fact]
    public void Uncertainty_OfAFitWithoutCovariance_IsRefused()
    {
        var spend = GammaGammaModel.Fit(new Simulated(seed: 5).Spend(new GammaGammaModel(6.25, 3.74, 15.44), 1000));
        var none = BgNbdModel.Fit(SufficientStatistics.Of([]));

        Assert.Throws<ArgumentException>(() => new LifetimeValueUncertainty(none, spend, new ValuationTerms(0.01), draws: 10, seed: 1));
    }
}
