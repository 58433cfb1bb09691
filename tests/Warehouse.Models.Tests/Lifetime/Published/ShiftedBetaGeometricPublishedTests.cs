using Warehouse.Models.Lifetime.ShiftedBetaGeometric;

namespace Warehouse.Models.Tests.Lifetime.Published;

/// <summary>Fader and Hardie (2007), "How to Project Customer Retention": two groups of 1,000 customers, seven renewals.</summary>
public sealed class ShiftedBetaGeometricPublishedTests
{
    private static readonly long[] HighEnd = [1000, 869, 743, 653, 593, 551, 517, 491];
    private static readonly long[] Regular = [1000, 631, 468, 382, 326, 289, 262, 241];

    [Fact]
    public void ShiftedBetaGeometric_HighEnd_FitsHardiePaper()
    {
        var fit = ShiftedBetaGeometricModel.Fit(ContractStatistics.OfCohort(HighEnd));

        Assert.True(fit.Converged, fit.Outcome.Message);
        Near.Digits(0.668, fit.Parameters["alpha"], 3);
        Near.Digits(3.806, fit.Parameters["beta"], 4);
    }

    [Fact]
    public void ShiftedBetaGeometric_Regular_FitsHardiePaper()
    {
        var fit = ShiftedBetaGeometricModel.Fit(ContractStatistics.OfCohort(Regular));

        Assert.True(fit.Converged, fit.Outcome.Message);
        Near.Digits(0.704, fit.Parameters["alpha"], 3);
        Near.Digits(1.182, fit.Parameters["beta"], 4);
    }

    /// <summary>As projected by the implementation that accompanies the paper on GitHub (jdmaturen/shifted_beta_geometric_py).</summary>
    [Fact]
    public void ShiftedBetaGeometric_HighEnd_ProjectionAndResidualLifetimeAreTheReferenceImplementations()
    {
        var model = ShiftedBetaGeometricModel.Of(ShiftedBetaGeometricModel.Fit(ContractStatistics.OfCohort(HighEnd)));
        double[] expected = [0.460, 0.436, 0.414, 0.395, 0.378];

        for (var i = 0; i < expected.Length; i++)
        {
            Near.Absolute(expected[i], model.Survival(8 + i), 0.0005);
        }

        Near.Absolute(7.530, model.DiscountedExpectedResidualLifetime(8, 0.10), 0.0005);
    }
}
