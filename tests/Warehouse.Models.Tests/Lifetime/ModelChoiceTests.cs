using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;

namespace Warehouse.Models.Tests.Lifetime;

public sealed class ModelChoiceTests
{
    private static readonly LifetimeModelKind[] Kinds = [LifetimeModelKind.BgNbd, LifetimeModelKind.MbgNbd, LifetimeModelKind.ParetoNbd];

    [SkippableFact]
    public void ByHoldout_OfCdnow_OrdersTheModelsByTheirErrorAndIsTheSameForAnyOrderOfCustomers()
    {
        var sample = CdnowSample.FromTransactions();
        var order = Enumerable.Range(0, sample.Customers.Count).ToArray();
        new Random(3).Shuffle(order);

        var choice = ModelChoice.ByHoldout(Kinds, sample.Histories, sample.HoldoutPurchases, CdnowSample.HoldoutWeeks);
        var shuffled = ModelChoice.ByHoldout(
            Kinds,
            order.Select(i => sample.Histories[i]).ToArray(),
            order.Select(i => sample.HoldoutPurchases[i]).ToArray(),
            CdnowSample.HoldoutWeeks);

        Assert.Equal(3, choice.Candidates.Count);
        Assert.Same(choice.Candidates[0], choice.Chosen);
        Assert.Equal(
            choice.Candidates.Select(candidate => candidate.Holdout!.RootMeanSquaredError).Order(),
            choice.Candidates.Select(candidate => candidate.Holdout!.RootMeanSquaredError));
        foreach (var (one, other) in choice.Candidates.Zip(shuffled.Candidates))
        {
            Assert.Equal(one.Fit.Kind, other.Fit.Kind);
            Near.SameBits(one.Holdout!.RootMeanSquaredError, other.Holdout!.RootMeanSquaredError);
            Near.SameBits(one.Holdout.MeanAbsoluteError, other.Holdout.MeanAbsoluteError);
            Near.SameBits(one.Holdout.Predicted, other.Holdout.Predicted);
        }
    }

    [Fact]
    public void ByHoldout_OfDataWithoutDropout_ChoosesNoModelThatDidNotConverge()
    {
        PurchaseHistory[] equal = [.. Enumerable.Range(10, 30).Select(age => new PurchaseHistory(age, age - 0.01, age + 0.5))];

        var choice = ModelChoice.ByHoldout(Kinds, equal, equal.Select(_ => 1).ToArray(), 1);

        Assert.Null(choice.Chosen);
        Assert.Equal(Kinds, choice.Candidates.Select(candidate => candidate.Fit.Kind));
        Assert.All(choice.Candidates, candidate => Assert.NotEmpty(candidate.Fit.Outcome.Message));
    }

    [Fact]
    public void Holdout_OfCustomersWhoDoAsPredicted_HasNoError()
    {
        var model = new BgNbdModel(1000, 1000, 1e-6, 1000);
        PurchaseHistory[] histories = [new(10, 9.9, 10), new(10, 9.9, 10)];

        var holdout = HoldoutEvaluation.Of(model, histories, new[] { 10, 10 }, 10);

        Near.Absolute(20, holdout.Predicted, 1e-3);
        Near.Absolute(0, holdout.MeanAbsoluteError, 1e-3);
        Near.Absolute(0, holdout.RootMeanSquaredError, 1e-3);
        Assert.Equal(new HoldoutByFrequency(7, 2, 10, holdout.Predicted / 2), Assert.Single(holdout.ByFrequency));
    }

    [Fact]
    public void TrackingCurve_OfCohorts_IsTheSumOfTheirExpectations()
    {
        var model = new BgNbdModel(0.243, 4.414, 0.793, 2.426);

        var curve = TrackingCurve.Of(model, [new(0, 100), new(2.5, 40)], [1, 2.5, 10], [7]);

        Near.Relative(100 * model.ExpectedPurchases(1), curve[0].Expected, 1e-14);
        Near.Relative(100 * model.ExpectedPurchases(2.5), curve[1].Expected, 1e-14);
        Near.Relative((100 * model.ExpectedPurchases(10)) + (40 * model.ExpectedPurchases(7.5)), curve[2].Expected, 1e-14);
        Assert.Equal([7.0, null, null], curve.Select(point => point.Actual));
    }
}
