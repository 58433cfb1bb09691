using Warehouse.Definitions;

namespace Warehouse.Analysis.Forecasts;

/// <summary>What is expected of a series: chosen, fitted, back-tested.</summary>
/// <param name="Season">Values in a season; 1 where there is none.</param>
/// <param name="Model">The model; null where there are too few values for one.</param>
/// <param name="Expected">The next steps in order; none without a model.</param>
/// <param name="Test">How it would have done; null where there are too few values to tell.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record Forecast(
    int Season, ExponentialSmoothing? Model, IReadOnlyList<Expectation> Expected, BackTest? Test, IReadOnlyList<string> Notes)
{
    /// <summary>The part of what may come that an interval holds.</summary>
    public const double Part = .95;

    private const int MostSteps = 400;

    /// <summary>Forecasts a series.</summary>
    /// <param name="values">The values in order, one for each step; all finite.</param>
    /// <param name="season">Values in a season, 1 for none.</param>
    /// <param name="steps">How many steps on.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">The season or the steps make no sense.</exception>
    public static Forecast Of(double[] values, int season, int steps, CancellationToken cancellationToken)
    {
        if (season is < 1 or > 400 || steps is < 1 or > MostSteps)
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"A season has 1 to 400 periods, and a forecast goes 1 to {MostSteps} periods on: not {season} and {steps}."));
        }

        var model = SmoothingChoice.Best(values, season);
        var test = BackTest.Of(values, season, steps, Part, cancellationToken);
        return new Forecast(season, model, model?.Forecast(steps, Part) ?? [], test, [.. NotesOf(values, season, model, test)]);
    }

    private static IEnumerable<string> NotesOf(double[] values, int season, ExponentialSmoothing? model, BackTest? test)
    {
        if (model is null)
        {
            yield return FormattableString.Invariant($"There are {values.Length} whole periods, and a forecast takes four at least.");
            yield break;
        }

        if (values.Distinct().Count() == 1)
        {
            yield return "All periods have the same value: it is expected again, and the interval says nothing.";
        }

        if (season > 1 && values.Length < (2 * season) + 1)
        {
            yield return FormattableString.Invariant(
                $"There are {values.Length} whole periods: seasons of {season} are seen from {(2 * season) + 1} on, and the forecast knows none.");
        }

        if (test is null)
        {
            yield return "There are too few periods to hold the forecast against what came: nobody knows how good it is.";
        }
        else
        {
            var verdict = test.Beats ? "beats" : "does not beat";
            var naive = season > 1 ? "the seasonal naive (the same period of a season before)" : "the naive (the last value)";
            yield return FormattableString.Invariant(
                $"Back-tested from {test.Origins} periods it {verdict} {naive}: mean absolute error {test.Error:#,##0.##} against {test.NaiveError:#,##0.##}; {test.Coverage:0 %} of what came was within the 95 % interval.");
        }
    }
}
