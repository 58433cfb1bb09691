using MathNet.Numerics.LinearAlgebra;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>Where the search for a maximum ended.</summary>
internal sealed class Maximum
{
    /// <summary>A step that gains less than this moves no parameter by a thousandth of its standard error.</summary>
    private const double NegligibleGain = 1e-7;

    /// <summary>A hundredfold change that gains less than this changes no conclusion.</summary>
    private const double NegligibleGainAlongFlat = 0.1;

    /// <summary>One standard error of a hundredfold change: along such an axis nothing is known.</summary>
    private static readonly double FlatStandardError = Math.Log(100);

    private static readonly double LeastCurvature = 1 / (FlatStandardError * FlatStandardError);

    private readonly (double Curvature, double Slope, Vector<double> Direction)[] axes;

    /// <param name="logParameters">Logarithms of the parameters.</param>
    /// <param name="value">The log-likelihood there.</param>
    /// <param name="atBound">Per parameter: -1 or 1 where it is at its bound and the likelihood still rises beyond, else 0.</param>
    /// <param name="gradient">By the logarithms; 0 for a parameter at its bound.</param>
    /// <param name="information">
    /// Observed information by the logarithms; rows and columns of a parameter at its bound are those of the identity.
    /// </param>
    /// <param name="iterations">Newton steps taken.</param>
    public Maximum(
        Vector<double> logParameters, double value, int[] atBound, Vector<double> gradient, Matrix<double> information, int iterations)
    {
        (LogParameters, Value, AtBound, Information, Iterations) = (logParameters, value, atBound, information, iterations);
        var spectrum = information.Evd(Symmetricity.Symmetric);
        axes =
        [
            .. Enumerable.Range(0, atBound.Length).Select(i =>
            {
                var direction = spectrum.EigenVectors.Column(i);
                return (spectrum.EigenValues[i].Real, direction.DotProduct(gradient), direction);
            }),
        ];
    }

    public Vector<double> LogParameters { get; }

    public Vector<double> Parameters => LogParameters.PointwiseExp();

    public double Value { get; }

    public int[] AtBound { get; }

    public bool IsInside => AtBound.All(bound => bound == 0);

    public Matrix<double> Information { get; }

    public int Iterations { get; }

    /// <summary>
    /// Whether the gradient is zero for all that matters and nothing curves upwards: along determined axes a further Newton
    /// step gains nothing, along flat ones not even a hundredfold change does.
    /// </summary>
    public bool IsStationary => axes.All(axis => axis.Curvature > LeastCurvature
        ? axis.Slope * axis.Slope / (2 * axis.Curvature) < NegligibleGain
        : axis.Curvature > -LeastCurvature && Math.Abs(axis.Slope) * FlatStandardError < NegligibleGainAlongFlat);

    /// <summary>What a further Newton step along the determined axes promises.</summary>
    public double RemainingGain => axes
        .Where(axis => axis.Curvature > LeastCurvature)
        .Sum(axis => axis.Slope * axis.Slope / (2 * axis.Curvature));

    /// <summary>Whether along some axis a hundredfold change is within one standard error.</summary>
    public bool IsFlat => axes.Any(axis => axis.Curvature <= LeastCurvature);

    /// <summary>The flattest axis, pointing uphill.</summary>
    public Vector<double> Flattest
    {
        get
        {
            var (_, slope, direction) = axes.MinBy(axis => axis.Curvature);
            return slope >= 0 ? direction : -direction;
        }
    }
}
