using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Warehouse.Analysis.Forecasts;

/// <summary>
/// Exponential smoothing with trend and seasons (Holt 1957, Winters 1960), its weights those of the least sum of squared one-step
/// errors. It begins as R's HoltWinters does, and gives the same weights, coefficients and sum of squares.
/// </summary>
public sealed class ExponentialSmoothing
{
    private const int Paths = 2_000;
    private const int Seed = 20_240_315;

    /// <summary>Where the search begins; the best of what it finds counts, because the sum of squares has more than one valley.</summary>
    private static readonly double[][] Starts = [[.3, .1, .1], [.7, .05, .5], [.1, .4, .8], [.5, .01, .01]];

    private readonly SmoothingState _last;
    private readonly SmoothingWeights _weights;
    private readonly double[] _errors;
    private readonly double[] _relativeErrors;

    private ExponentialSmoothing(SmoothingForm form, int season, SmoothingWeights weights, Smoothed smoothed)
    {
        (Form, Season, _weights, _last) = (form, season, weights, smoothed.Last);
        (_errors, _relativeErrors, SumOfSquares) = (smoothed.Errors, smoothed.RelativeErrors, smoothed.SumOfSquares);
    }

    /// <summary>The form.</summary>
    public SmoothingForm Form { get; }

    /// <summary>Values in a season.</summary>
    public int Season { get; }

    /// <summary>The weight of the level.</summary>
    public double Alpha => _weights.Alpha;

    /// <summary>The weight of the slope; null without a trend.</summary>
    public double? Beta => Form.HasTrend ? _weights.Beta : null;

    /// <summary>The weight of the season; null without one.</summary>
    public double? Gamma => Form.Season == Seasonality.None ? null : _weights.Gamma;

    /// <summary>The level at the end.</summary>
    public double Level => _last.Level;

    /// <summary>The slope at the end, per step.</summary>
    public double Slope => _last.Slope;

    /// <summary>The seasons, the next one first; none without.</summary>
    public IReadOnlyList<double> Seasons => [.. _last.Seasons];

    /// <summary>Of the one-step errors.</summary>
    public double SumOfSquares { get; }

    /// <summary>n ln(SSE / n) + 2 k, for the choice of a form: the least is the best. All forms are compared on the values that all of them smooth.</summary>
    internal double InformationCriterion(int count)
    {
        var sum = _errors.TakeLast(count).Sum(error => error * error);
        return (count * Math.Log(Math.Max(sum, double.Epsilon) / count)) + (2 * (Form.Parameters + (Form.Season == Seasonality.None ? 1 : Season)));
    }

    internal int Errors => _errors.Length;

    /// <summary>Whether a form can be fitted to the values: two seasons and a value more, and for multiplicative seasons all above zero.</summary>
    public static bool Suits(SmoothingForm form, ReadOnlySpan<double> values, int season)
    {
        if (form.Season == Seasonality.None)
        {
            return values.Length >= 4;
        }

        if (season < 2 || values.Length < (2 * season) + 1)
        {
            return false;
        }

        foreach (var value in values)
        {
            if (form.Season == Seasonality.Multiplicative && value <= 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Fits a form.</summary>
    /// <param name="form">The form; it suits the values.</param>
    /// <param name="values">The values in order, one for each step; all finite.</param>
    /// <param name="season">Values in a season; no matter without one.</param>
    public static ExponentialSmoothing Fit(SmoothingForm form, double[] values, int season)
    {
        if (!Suits(form, values, season))
        {
            throw new ArgumentException($"{form} cannot be fitted to {values.Length} values with {season} in a season.", nameof(values));
        }

        var objective = ObjectiveFunction.Value(angles => Smooth(form, values, season, Weights(form, angles)).SumOfSquares);
        var best = Starts.Select(start => Least(objective, form, start)).MinBy(found => found.Value);
        var weights = Weights(form, best.Angles!);
        return new ExponentialSmoothing(form, season, weights, Smooth(form, values, season, weights));
    }

    /// <summary>What is expected of the next steps, with intervals that hold this part of what may come.</summary>
    /// <param name="steps">How many.</param>
    /// <param name="part">The part, between 0 and 1.</param>
    public IReadOnlyList<Expectation> Forecast(int steps, double part) =>
        Form.Season == Seasonality.Multiplicative ? Simulated(steps, part) : Analytic(steps, part);

    /// <summary>Yar and Chatfield (1990): the variance h steps on is that of the errors times 1 + Σ (α (1 + j β) + γ (1 - α) [j is a season])², j below h.</summary>
    private List<Expectation> Analytic(int steps, double part)
    {
        var mean = _errors.Average();
        var variance = _errors.Sum(error => (error - mean) * (error - mean)) / Math.Max(1, _errors.Length - 1);
        var reach = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (1 + part) / 2);
        var (forecasts, factor) = (new List<Expectation>(), 1.0);
        for (var step = 1; step <= steps; step++)
        {
            var (expected, error) = (_last.Expected(step), reach * Math.Sqrt(variance * factor));
            forecasts.Add(new Expectation(expected, expected - error, expected + error));
            var psi = (_weights.Alpha * (1 + (step * (Beta ?? 0)))) + (Gamma is { } gamma && step % Season == 0 ? gamma * (1 - _weights.Alpha) : 0);
            factor += psi * psi;
        }

        return forecasts;
    }

    /// <summary>Errors of multiplicative seasons grow with what is expected: paths are drawn with the relative errors of the past, by a fixed seed.</summary>
    private List<Expectation> Simulated(int steps, double part)
    {
        var random = new Random(Seed);
        var drawn = new double[steps][];
        for (var step = 0; step < steps; step++)
        {
            drawn[step] = new double[Paths];
        }

        for (var path = 0; path < Paths; path++)
        {
            var state = _last.Copy();
            for (var step = 0; step < steps; step++)
            {
                var expected = state.Expected(1);
                var value = expected * (1 + _relativeErrors[random.Next(_relativeErrors.Length)]);
                drawn[step][path] = value;
                state.Take(value, _weights);
            }
        }

        var tail = (int)((1 - part) / 2 * Paths);
        return
        [
            .. drawn.Select((values, step) =>
            {
                Array.Sort(values);
                var expected = _last.Expected(step + 1);
                return new Expectation(expected, Math.Min(expected, values[tail]), Math.Max(expected, values[^(tail + 1)]));
            }),
        ];
    }

    /// <summary>Weights are the squared sines of angles, so that the search knows no bounds and can still reach 0 and 1.</summary>
    private static SmoothingWeights Weights(SmoothingForm form, Vector<double> angles)
    {
        var place = 0;
        var alpha = Square(Math.Sin(angles[place++]));
        var beta = form.HasTrend ? Square(Math.Sin(angles[place++])) : 0;
        return new SmoothingWeights(alpha, beta, form.Season == Seasonality.None ? 0 : Square(Math.Sin(angles[place])));
    }

    private static (double Value, Vector<double>? Angles) Least(IObjectiveFunction objective, SmoothingForm form, double[] start)
    {
        double[] weights = form switch
        {
            { HasTrend: false, Season: Seasonality.None } => [start[0]],
            { HasTrend: false } => [start[0], start[2]],
            { Season: Seasonality.None } => [start[0], start[1]],
            _ => start,
        };
        var angles = Vector<double>.Build.DenseOfEnumerable(weights.Select(weight => Math.Asin(Math.Sqrt(weight))));
        try
        {
            // Once more from where the first search ended: a simplex can shrink before it arrives.
            var search = new NelderMeadSimplex(1e-10, 4_000);
            var first = search.FindMinimum(objective, angles).MinimizingPoint;
            var found = search.FindMinimum(objective, first);
            return (found.FunctionInfoAtMinimum.Value, found.MinimizingPoint);
        }
        catch (MaximumIterationsException)
        {
            objective.EvaluateAt(angles);
            return (objective.Value, angles);
        }
    }

    private static Smoothed Smooth(SmoothingForm form, double[] values, int season, in SmoothingWeights weights)
    {
        var (state, first) = StartingState.Of(form, values, season);
        var (errors, relative, sum) = (new double[values.Length - first], new double[values.Length - first], 0.0);
        for (var place = first; place < values.Length; place++)
        {
            var expected = state.Expected(1);
            var error = values[place] - expected;
            (errors[place - first], relative[place - first]) = (error, expected > 0 ? error / expected : 0);
            sum += error * error;
            state.Take(values[place], weights);
        }

        return new Smoothed(state, errors, relative, double.IsFinite(sum) ? sum : double.MaxValue);
    }

    private static double Square(double value) => value * value;

    private sealed record Smoothed(SmoothingState Last, double[] Errors, double[] RelativeErrors, double SumOfSquares);
}

/// <summary>What is expected of a step, and between what it is likely to be.</summary>
/// <param name="Value">The value.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
public sealed record Expectation(double Value, double Low, double High);
