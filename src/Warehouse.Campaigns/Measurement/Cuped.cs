using MathNet.Numerics.LinearAlgebra.Double;

namespace Warehouse.Campaigns.Measurement;

/// <summary>
/// Takes out of an outcome what was known of customers before the experiment, so that the same experiment sees smaller
/// effects: Deng, Xu, Kohavi and Walker (2013), « Improving the sensitivity of online controlled experiments by utilizing
/// pre-experiment data ». The coefficients are those of least squares over all arms together.
/// </summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Covariates">What was known before.</param>
/// <param name="Coefficients">One for each covariate; 0 for one that does not vary or that the others determine.</param>
/// <param name="VarianceRemoved">The share of the outcome's variance that is gone, from 0 to 1.</param>
/// <param name="Effects">The effects on the adjusted outcome, in the order of the arms.</param>
public sealed record Cuped(
    string Outcome,
    IReadOnlyList<string> Covariates,
    IReadOnlyList<double> Coefficients,
    double VarianceRemoved,
    IReadOnlyList<AdjustedEffect> Effects)
{
    internal static Cuped Of(Experiment experiment, ExperimentColumn outcome)
    {
        var covariates = experiment.Covariates;
        var means = covariates.Select(covariate => Moments.Of(covariate.Values).Mean).ToArray();
        var coefficients = Solve(outcome, covariates, means);
        var adjusted = outcome.Values.ToArray();
        for (var column = 0; column < covariates.Count; column++)
        {
            var values = covariates[column].Values;
            for (var row = 0; row < adjusted.Length; row++)
            {
                adjusted[row] -= coefficients[column] * (values[row] - means[column]);
            }
        }

        var before = Moments.Of(outcome.Values).Variance;
        var control = Moments.Of(experiment.OfArm(adjusted, 0));
        return new Cuped(
            outcome.Name,
            [.. covariates.Select(covariate => covariate.Name)],
            coefficients,
            before == 0 ? 0 : Math.Max(0, 1 - (Moments.Of(adjusted).Variance / before)),
            [.. experiment.Arms.Skip(1).Select((arm, place) => AdjustedEffect.Of(arm, WelchTest.Of(Moments.Of(experiment.OfArm(adjusted, place + 1)), control)))]);
    }

    private static double[] Solve(ExperimentColumn outcome, IReadOnlyList<ExperimentColumn> covariates, double[] means)
    {
        var size = covariates.Count;
        var products = new DenseMatrix(size);
        var withOutcome = new DenseVector(size);
        for (var row = 0; row < outcome.Values.Length; row++)
        {
            for (var i = 0; i < size; i++)
            {
                var deviation = covariates[i].Values[row] - means[i];
                withOutcome[i] += deviation * outcome.Values[row];
                for (var j = 0; j <= i; j++)
                {
                    products[i, j] += deviation * (covariates[j].Values[row] - means[j]);
                }
            }
        }

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                products[j, i] = products[i, j];
            }
        }

        // In units of each covariate's spread, so that one counted in thousands does not pass for all there is.
        var scale = DenseVector.Create(size, i => products[i, i] > 0 ? 1 / Math.Sqrt(products[i, i]) : 0);
        var scaled = DenseMatrix.Create(size, size, (i, j) => products[i, j] * scale[i] * scale[j]);
        return [.. scaled.PseudoInverse().Multiply(withOutcome.PointwiseMultiply(scale)).PointwiseMultiply(scale)];
    }
}

/// <summary>An effect on an outcome that was adjusted.</summary>
public sealed record AdjustedEffect(string Arm, double Difference, double StandardError, double Low, double High, double P)
{
    internal static AdjustedEffect Of(string arm, WelchTest test) =>
        new(arm, test.Difference, test.StandardError, test.Interval.Low, test.Interval.High, test.P);
}
