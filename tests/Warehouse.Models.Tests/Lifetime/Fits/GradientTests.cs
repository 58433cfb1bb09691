using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.Numerics;
using Warehouse.Models.Lifetime.ParetoNbd;
using Warehouse.Models.Lifetime.ShiftedBetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Fits;

/// <summary>The likelihoods summed over cells against one customer at a time, and their gradients against differences.</summary>
public sealed class GradientTests
{
    private static readonly ParallelOptions Parallel = new();

    private static readonly PurchaseHistory[] Histories =
    [
        new(0, 0, 3), new(0, 0, 38.86), new(0, 0, 39), new(0, 0, 41), new(0, 0, 90), new(1, 2, 40), new(1, 39, 40), new(1, 40, 40),
        new(2, 30.4, 38.9), new(3, 5, 60), new(3, 6, 60), new(3, 7, 60), new(3, 8, 60), new(3, 9, 60), new(25, 50, 52), new(400, 11, 90),
    ];

    public static TheoryData<double, double, double, double> Parameters => new()
    {
        { 0.25, 4.4, 0.8, 2.4 },
        { 3, 0.2, 12, 70 },
        { 40, 600, 0.02, 0.4 },
        { 1e-4, 1e-3, 1e-4, 1e4 },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void PurchaseLikelihoods_ValueIsTheSumOverCustomersAndGradientItsSlope(double first, double second, double third, double fourth)
    {
        var statistics = SufficientStatistics.Of([.. Histories, .. Histories.Take(7)]);
        foreach (var (kind, likelihood) in new (LifetimeModelKind, LogLikelihood)[]
        {
            (LifetimeModelKind.BgNbd, new BetaGeometricLikelihood(statistics, 0, Parallel)),
            (LifetimeModelKind.MbgNbd, new BetaGeometricLikelihood(statistics, 1, Parallel)),
            (LifetimeModelKind.ParetoNbd, new ParetoNbdLikelihood(statistics, Parallel)),
        })
        {
            double[] parameters = [first, second, third, fourth];
            var model = PurchaseModel.Of(kind, parameters);
            var expected = Histories.Concat(Histories.Take(7)).Sum(model.LogLikelihood);

            Near.Relative(expected, likelihood.Evaluate(parameters, new double[4]), 1e-11);
            AssertGradient(likelihood, parameters);
        }
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void BgBbLikelihood_ValueIsTheSumOverCustomersAndGradientItsSlope(double first, double second, double third, double fourth)
    {
        OccasionHistory[] histories = [new(0, 0, 6), new(1, 1, 6), new(2, 4, 6), new(6, 6, 6), new(3, 5, 40), new(3, 5, 40), new(900, 950, 1000)];
        var likelihood = new BgBbLikelihood(OccasionStatistics.Of(
            [.. histories.Select(history => (double)history.Frequency)],
            [.. histories.Select(history => (double)history.Recency)],
            [.. histories.Select(history => (double)history.Occasions)]));
        double[] parameters = [first, second, third, fourth];

        Near.Relative(
            histories.Sum(new BgBbModel(first, second, third, fourth).LogLikelihood), likelihood.Evaluate(parameters, new double[4]), 1e-12);
        AssertGradient(likelihood, parameters);
    }

    [Theory]
    [InlineData(6.25, 3.74, 15.44)]
    [InlineData(0.3, 0.9, 400)]
    [InlineData(900, 30, 0.5)]
    public void GammaGammaLikelihood_ValueIsTheSumOverCustomersAndGradientItsSlope(double p, double q, double v)
    {
        SpendHistory[] histories = [new(1, 22.3), new(1, 9), new(1, 9.5), new(1, 10), new(1, 11), new(3, 0.02), new(40, 900), new(40, 900)];
        var likelihood = new GammaGammaLikelihood(
            SpendStatistics.Of([.. histories.Select(history => (double)history.Purchases)], [.. histories.Select(history => history.MeanSpend)]),
            Parallel);
        double[] parameters = [p, q, v];

        Near.Relative(histories.Sum(new GammaGammaModel(p, q, v).LogLikelihood), likelihood.Evaluate(parameters, new double[3]), 1e-12);
        AssertGradient(likelihood, parameters);
    }

    [Theory]
    [InlineData(0.668, 3.806)]
    [InlineData(50, 0.1)]
    public void ShiftedBetaGeometricLikelihood_ValueIsTheSumOverContractsAndGradientItsSlope(double alpha, double beta)
    {
        var likelihood = new ShiftedBetaGeometricLikelihood(ContractStatistics.Of([1, 2, 2, 7, 7, 30], [true, true, false, true, false, false]));
        var model = new ShiftedBetaGeometricModel(alpha, beta);
        double[] parameters = [alpha, beta];
        var expected = Math.Log(model.ProbabilityOfEnd(1) * model.ProbabilityOfEnd(2) * model.Survival(2)
            * model.ProbabilityOfEnd(7) * model.Survival(7) * model.Survival(30));

        Near.Relative(expected, likelihood.Evaluate(parameters, new double[2]), 1e-12);
        AssertGradient(likelihood, parameters);
    }

    /// <summary>By the logarithms, with the fourth-order central difference.</summary>
    private static void AssertGradient(LogLikelihood likelihood, double[] parameters)
    {
        const double Step = 1e-3;
        var gradient = new double[parameters.Length];
        var scale = Math.Abs(likelihood.Evaluate(parameters, gradient));
        var ignored = new double[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            double At(int steps)
            {
                double[] moved = [.. parameters];
                moved[i] *= Math.Exp(steps * Step);
                return likelihood.Evaluate(moved, ignored);
            }

            var slope = ((8 * (At(1) - At(-1))) - (At(2) - At(-2))) / (12 * Step);
            Near.Absolute(slope, gradient[i], (1e-8 * Math.Abs(slope)) + (1e-11 * scale / Step));
        }
    }
}
