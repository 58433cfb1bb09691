using MathNet.Numerics.LinearAlgebra;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// Newton's method in a box of the parameters' logarithms, with the Hessian from differences of the analytic
/// gradient, directions of wrong curvature turned uphill (the absolute eigenvalues are used) and the step's length
/// limited by a trust radius. A parameter that is pushed against its bound is held there.
/// There are two to four parameters: a step costs five to nine evaluations, and ten steps are many.
/// </summary>
internal sealed class NewtonMaximiser(LogLikelihood likelihood, CancellationToken cancellationToken)
{
    private const int MostIterations = 200;
    private const double Difference = 1e-4;
    private const double FirstRadius = 1;
    private const double LargestRadius = 2;
    private const double SmallestRadius = 1e-10;
    private const double SmallestCurvature = 1e-10;
    private const double RelativeRounding = 1e-13;
    private const double EnoughGain = 1e-12;
    private const double ToleratedLoss = 1e-6;
    private const double BoundRounding = 1e-12;

    private readonly int dimension = likelihood.ParameterNames.Count;
    private readonly double[] lower = [.. likelihood.LowerBounds.Select(bound => Math.Log(bound))];
    private readonly double[] upper = [.. likelihood.UpperBounds.Select(bound => Math.Log(bound))];

    /// <summary>Climbs from the parameters given, which are moved into the box first.</summary>
    public Maximum From(IReadOnlyList<double> start) => Climb(Logarithms(start));

    /// <summary>The log-likelihood at parameters (not their logarithms), to choose between starts.</summary>
    public double ValueAt(IReadOnlyList<double> parameters) => Evaluate(Logarithms(parameters)).Value;

    /// <summary>
    /// Where the likelihood is flat, follows the flat axis uphill to the bound that it leads to and climbs from there: a
    /// likelihood that levels off without end has its highest value at the bound.
    /// </summary>
    public Maximum AlongFlatFrom(Maximum found)
    {
        if (!found.IsFlat)
        {
            return found;
        }

        var direction = found.Flattest;
        var atBound = Climb(Clamp(found.LogParameters + (direction * Reach(found.LogParameters, direction))));
        return !atBound.IsInside && atBound.Value >= found.Value - ToleratedLoss ? atBound : found;
    }

    private Maximum Climb(Vector<double> point)
    {
        var (value, gradient) = Evaluate(point);
        var radius = FirstRadius;
        var iteration = 0;
        while (iteration < MostIterations && radius > SmallestRadius)
        {
            cancellationToken.ThrowIfCancellationRequested();
            iteration++;
            var (move, expected) = Step(point, gradient, radius);
            if (expected <= EnoughGain)
            {
                break;
            }

            var next = Clamp(point + move);
            var (nextValue, nextGradient) = Evaluate(next);
            var gain = nextValue - value;
            var rounding = RelativeRounding * Math.Abs(value);
            if (!(gain >= (0.1 * expected) - rounding))
            {
                radius = Math.Min(radius, move.InfinityNorm()) / 4;
                continue;
            }

            radius = gain > 0.7 * expected ? Math.Min(radius * 2, LargestRadius) : radius;
            (point, value, gradient) = (next, nextValue, nextGradient);
            if (expected <= rounding)
            {
                break;
            }
        }

        var atBound = AtBound(point, gradient);
        return new Maximum(point, value, atBound, Free(gradient, atBound), Free(Information(point), atBound), iteration);
    }

    /// <summary>
    /// The move, and what the parabola through this point gains by it. A move that would leave the box ends at the first
    /// bound on its way, and so stays on the ridge that it follows; a parameter that is at a bound already is held there.
    /// </summary>
    private (Vector<double> Move, double Gain) Step(Vector<double> point, Vector<double> gradient, double radius)
    {
        var information = Information(point);
        var held = AtBound(point, gradient);
        Vector<double> move;
        while (true)
        {
            move = Newton(Free(information, held), Free(gradient, held));
            var leaving = AtBound(point, move).Zip(held, (bound, before) => before != 0 ? before : bound).ToArray();
            if (leaving.SequenceEqual(held))
            {
                break;
            }

            held = leaving;
        }

        move *= Math.Min(radius / Math.Max(move.InfinityNorm(), SmallestRadius), 1);
        move *= Math.Min(Reach(point, move), 1);
        return (move, move.DotProduct(gradient) - (move.DotProduct(information * move) / 2));
    }

    private static Vector<double> Newton(Matrix<double> information, Vector<double> slope)
    {
        var spectrum = information.Evd(Symmetricity.Symmetric);
        var direction = Vector<double>.Build.Dense(slope.Count);
        for (var i = 0; i < slope.Count; i++)
        {
            var axis = spectrum.EigenVectors.Column(i);
            var curvature = Math.Max(Math.Abs(spectrum.EigenValues[i].Real), SmallestCurvature);
            direction += axis * (axis.DotProduct(slope) / curvature);
        }

        return direction;
    }

    /// <summary>
    /// Minus the Hessian, from central differences of the gradient: one-sided ones lose the curvature along ridges, where
    /// it is a millionth of that across.
    /// </summary>
    private Matrix<double> Information(Vector<double> point)
    {
        var hessian = Matrix<double>.Build.DenseOfColumnVectors(Enumerable.Range(0, dimension).Select(parameter =>
        {
            var shift = Vector<double>.Build.Dense(dimension, i => i == parameter ? Difference : 0);
            return (Evaluate(point + shift).Gradient - Evaluate(point - shift).Gradient) / (2 * Difference);
        }));
        return (hessian + hessian.Transpose()) / -2;
    }

    /// <summary>Per parameter -1 or 1 where it is at its lower or upper bound and the direction leads out, else 0.</summary>
    private int[] AtBound(Vector<double> point, Vector<double> direction) =>
    [
        .. Enumerable.Range(0, dimension).Select(i =>
            point[i] <= lower[i] && direction[i] < 0 ? -1 : point[i] >= upper[i] && direction[i] > 0 ? 1 : 0),
    ];

    private static Vector<double> Free(Vector<double> gradient, int[] held) =>
        gradient.MapIndexed((i, slope) => held[i] == 0 ? slope : 0, Zeros.Include);

    private static Matrix<double> Free(Matrix<double> information, int[] held) =>
        information.MapIndexed((i, j, value) => held[i] == 0 && held[j] == 0 ? value : i == j ? 1 : 0, Zeros.Include);

    /// <summary>How many times the point can be moved by as much before a parameter is at its bound.</summary>
    private double Reach(Vector<double> point, Vector<double> move) =>
        Enumerable.Range(0, dimension).Min(i => move[i] switch
        {
            > 0 => (upper[i] - point[i]) / move[i],
            < 0 => (lower[i] - point[i]) / move[i],
            _ => double.PositiveInfinity,
        });

    private (double Value, Vector<double> Gradient) Evaluate(Vector<double> logParameters)
    {
        Span<double> parameters = stackalloc double[dimension];
        var gradient = new double[dimension];
        for (var i = 0; i < dimension; i++)
        {
            parameters[i] = Math.Exp(logParameters[i]);
        }

        var value = likelihood.Evaluate(parameters, gradient);
        return (value, Vector<double>.Build.Dense(gradient));
    }

    private Vector<double> Logarithms(IReadOnlyList<double> parameters) =>
        Clamp(Vector<double>.Build.Dense(dimension, i => Math.Log(parameters[i])));

    /// <summary>Into the box; what is at a bound but for rounding, to the bound.</summary>
    private Vector<double> Clamp(Vector<double> point) => point.MapIndexed((i, value) =>
        value <= lower[i] + BoundRounding ? lower[i] : value >= upper[i] - BoundRounding ? upper[i] : value, Zeros.Include);
}
