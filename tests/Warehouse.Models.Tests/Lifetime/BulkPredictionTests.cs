using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ParetoNbd;

namespace Warehouse.Models.Tests.Lifetime;

public sealed class BulkPredictionTests
{
    [Fact]
    public void BulkPredictions_OnAnyNumberOfCores_AreThoseOfOneCustomerAtATime()
    {
        foreach (var model in new PurchaseModel[] { new BgNbdModel(0.6, 8, 0.8, 2.5), new ParetoNbdModel(0.55, 10, 0.6, 12) })
        {
            var histories = new Simulated(seed: 12).Customers(model, 9000, 1, 80, after: 0).Histories;
            var results = new double[histories.Length];
            foreach (var cores in new[] { 1, 4 })
            {
                var parallel = new ParallelOptions { MaxDegreeOfParallelism = cores };
                model.ConditionalExpectedPurchases(histories, 26, results, parallel);
                AssertSame(histories, results, history => model.ConditionalExpectedPurchases(history, 26));

                model.ProbabilityAlive(histories, results, parallel);
                AssertSame(histories, results, model.ProbabilityAlive);

                model.DiscountedExpectedResidualTransactions(histories, 0.01, results, parallel);
                AssertSame(histories, results, history => model.DiscountedExpectedResidualTransactions(history, 0.01));
            }
        }
    }

    [Fact]
    public void BulkPredictions_OfNoCustomers_DoNothing()
    {
        new BgNbdModel(0.6, 8, 0.8, 2.5).ConditionalExpectedPurchases(ReadOnlyMemory<PurchaseHistory>.Empty, 26, Memory<double>.Empty);
        new GammaGammaModel(6, 4, 15).ConditionalExpectedSpend(ReadOnlyMemory<SpendHistory>.Empty, Memory<double>.Empty);
    }

    [Fact]
    public void BulkPredictions_AllocateNothingPerCustomer()
    {
        var model = new BgNbdModel(0.6, 8, 0.8, 2.5);
        var histories = Enumerable.Repeat(new PurchaseHistory(2, 20, 40), 100_000).ToArray();
        var results = new double[histories.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 1 };
        model.ConditionalExpectedPurchases(histories, 26, results, parallel);

        var before = GC.GetAllocatedBytesForCurrentThread();
        model.ConditionalExpectedPurchases(histories, 26, results, parallel);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    private static void AssertSame(PurchaseHistory[] histories, double[] results, Func<PurchaseHistory, double> prediction)
    {
        for (var i = 0; i < histories.Length; i += 97)
        {
            Near.SameBits(prediction(histories[i]), results[i]);
        }
    }
}
