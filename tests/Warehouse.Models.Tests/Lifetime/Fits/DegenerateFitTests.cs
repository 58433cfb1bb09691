using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ShiftedBetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Fits;

/// <summary>Data that determine nothing, or not everything: said as a value, with finite numbers.</summary>
public sealed class DegenerateFitTests
{
    public static TheoryData<LifetimeModelKind> PurchaseModels =>
        new(LifetimeModelKind.BgNbd, LifetimeModelKind.MbgNbd, LifetimeModelKind.ParetoNbd);

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_OfNoCustomers_IsTooLittleData(LifetimeModelKind kind) =>
        AssertTooLittle("There are no customers", PurchaseModel.Fit(kind, SufficientStatistics.Of([])));

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_OfOneCustomer_IsTooLittleData(LifetimeModelKind kind) =>
        AssertTooLittle("There is one customer", PurchaseModel.Fit(kind, SufficientStatistics.Of([new(3, 20, 40)])));

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_WithoutRepeatPurchases_IsTooLittleData(LifetimeModelKind kind) =>
        AssertTooLittle("No customer has a repeat purchase", PurchaseModel.Fit(kind, SufficientStatistics.Of([new(0, 0, 40), new(0, 0, 12)])));

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_OfEqualCustomers_IsTooLittleData(LifetimeModelKind kind) =>
        AssertTooLittle("All customers have the same", PurchaseModel.Fit(kind, SufficientStatistics.Of([new(2, 20, 40), new(2, 20, 40)])));

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_OfTwoCustomers_EndsWithFiniteNumbersAndNoClaim(LifetimeModelKind kind)
    {
        var fit = PurchaseModel.Fit(kind, SufficientStatistics.Of([new(2, 20, 40), new(0, 0, 12)]));

        Assert.False(fit.Converged);
        AssertFinite(fit);
    }

    [Theory]
    [MemberData(nameof(PurchaseModels))]
    public void Fit_OfCustomersWhoAllBuyAtTheSameRateAndNeverLeave_SaysBoth(LifetimeModelKind kind)
    {
        // One purchase a week, the last of them in the last week.
        var fit = PurchaseModel.Fit(
            kind, SufficientStatistics.Of([.. Enumerable.Range(10, 60).Select(age => new PurchaseHistory(age, age - 0.01, age + 0.5))]));

        var outcome = Assert.IsType<FitOutcome.ParameterAtBound>(fit.Outcome);
        Assert.Contains(outcome.Bounds, bound => bound.Parameter is "r" or "alpha" && bound.Upper);
        Assert.Contains(outcome.Bounds, bound => bound.Parameter is not ("r" or "alpha"));
        AssertFinite(fit);
    }

    [Fact]
    public void BgBbFit_OfDegenerateData_IsTooLittleData()
    {
        AssertTooLittle("There are no customers", BgBbModel.Fit(OccasionStatistics.Of([], [], [])));
        AssertTooLittle("There is one customer", BgBbModel.Fit(OccasionStatistics.Of([1], [1], [6])));
        AssertTooLittle("No customer has a repeat purchase", BgBbModel.Fit(OccasionStatistics.Of([0, 0], [0, 0], [6, 5])));
        AssertTooLittle("All customers have the same", BgBbModel.Fit(OccasionStatistics.Of([1, 1], [1, 1], [6, 6])));
    }

    [Fact]
    public void BgBbFit_OfASingleOccasion_EndsWithFiniteNumbersAndNoClaim()
    {
        var fit = BgBbModel.Fit(OccasionStatistics.Of([0, 1], [0, 1], [1, 1], [60, 40]));

        Assert.False(fit.Converged);
        AssertFinite(fit);
    }

    [Fact]
    public void GammaGammaFit_OfDegenerateData_IsTooLittleData()
    {
        AssertTooLittle("There are no customers", GammaGammaModel.Fit(SpendStatistics.Of([], [])));
        AssertTooLittle("There is one customer", GammaGammaModel.Fit(SpendStatistics.Of([2], [10])));
        AssertTooLittle("All customers have the same mean spend", GammaGammaModel.Fit(SpendStatistics.Of([2, 3], [10, 10])));
        AssertTooLittle("No customer has two purchases", GammaGammaModel.Fit(SpendStatistics.Of([1, 1], [10, 20])));
    }

    [Fact]
    public void GammaGammaFit_OfSpendThatDoesNotVaryWithinCustomers_SaysThatItIsFlat()
    {
        // Mean spend varies as much over many purchases as over few: nothing is left for the purchases themselves.
        double[] purchases = [.. Enumerable.Range(0, 400).Select(i => 1.0 + (i % 2 * 50))];
        double[] spend = [.. Enumerable.Range(0, 400).Select(i => Math.Exp(((i / 2 * 0.618034) % 1) * 2))];

        var fit = GammaGammaModel.Fit(SpendStatistics.Of(purchases, spend));

        var outcome = Assert.IsType<FitOutcome.FlatLikelihood>(fit.Outcome);
        Assert.Contains("p", outcome.Parameters);
        Assert.All(fit.StandardErrors.Values, Assert.Null);
        Assert.Null(fit.Covariance);
        AssertFinite(fit);
    }

    [Fact]
    public void ShiftedBetaGeometricFit_OfDegenerateData_IsTooLittleData()
    {
        AssertTooLittle("There are no contracts", ShiftedBetaGeometricModel.Fit(ContractStatistics.Of([], [])));
        AssertTooLittle("There are no contracts", ShiftedBetaGeometricModel.Fit(ContractStatistics.Of([0, 0], [false, false])));
        AssertTooLittle("There is one contract", ShiftedBetaGeometricModel.Fit(ContractStatistics.Of([3], [true])));
        AssertTooLittle("No contract has ended", ShiftedBetaGeometricModel.Fit(ContractStatistics.Of([3, 4], [false, false])));
        AssertTooLittle("No contract has been up for renewal twice", ShiftedBetaGeometricModel.Fit(ContractStatistics.Of([1, 1], [true, false])));
    }

    [Fact]
    public void ShiftedBetaGeometricFit_OfConstantRetention_SaysThatContractsDoNotDiffer()
    {
        var fit = ShiftedBetaGeometricModel.Fit(ContractStatistics.OfCohort([10_000, 8_000, 6_400, 5_120, 4_096, 3_277]));

        var outcome = Assert.IsType<FitOutcome.ParameterAtBound>(fit.Outcome);
        Assert.All(outcome.Bounds, bound => Assert.True(bound.Upper));
        Assert.Contains("does not differ between contracts", fit.Outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelOfAFitWithoutParameters_IsRefused()
    {
        var fit = PurchaseModel.Fit(LifetimeModelKind.BgNbd, SufficientStatistics.Of([]));

        Assert.Throws<ArgumentException>(() => PurchaseModel.Of(fit));
    }

    private static void AssertTooLittle(string reason, LifetimeFit fit)
    {
        Assert.IsType<FitOutcome.TooLittleData>(fit.Outcome);
        Assert.StartsWith(reason, fit.Outcome.Message, StringComparison.Ordinal);
        Assert.Equal("too-little-data", fit.Outcome.Code);
        Assert.False(fit.Converged);
        Assert.Empty(fit.Parameters);
        Assert.Null(fit.LogLikelihood);
    }

    private static void AssertFinite(LifetimeFit fit)
    {
        Assert.All(fit.Parameters.Values, value => Assert.True(double.IsFinite(value)));
        Assert.All(fit.StandardErrors.Values, value => Assert.True(value is null || double.IsFinite(value.Value)));
        Assert.True(double.IsFinite(fit.LogLikelihood!.Value));
        Assert.NotEmpty(fit.Outcome.Message);
    }
}
