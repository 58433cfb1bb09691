using Warehouse.Definitions;
using static System.FormattableString;

namespace Warehouse.Campaigns.Measurement.Uplift;

/// <summary>Whether it can be told beforehand on whom an arm works.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Outcome">The outcome, which is yes or no.</param>
/// <param name="Model">How the effect on a customer is guessed; every guess is by a model that has not seen the customer.</param>
/// <param name="Curves">What treating only the best would have brought.</param>
/// <param name="Fifths">The effect that was found in each fifth of the customers, the best guesses first.</param>
/// <param name="BetterLessWorse">The effect in the better half less that in the worse half.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Words">The finding as a sentence.</param>
public sealed record UpliftReport(
    string Arm,
    string Outcome,
    UpliftModel Model,
    UpliftCurves Curves,
    IReadOnlyList<UpliftFifth> Fifths,
    double BetterLessWorse,
    double Low,
    double High,
    string Words)
{
    /// <summary>Fewer customers in an arm than this teach nothing about single ones.</summary>
    public const int FewestCustomers = 500;

    private const int Parts = 5;

    /// <summary>Guesses and judges, for every arm, every outcome that is yes or no, and either model.</summary>
    /// <param name="experiment">The experiment; its covariates are what guesses are made from.</param>
    /// <param name="seed">Says who is learned from and who is judged by.</param>
    /// <exception cref="UserFaultException">An arm is too small, or nothing was known of customers before.</exception>
    public static IReadOnlyList<UpliftReport> All(Experiment experiment, ulong seed) =>
        experiment.Covariates.Count == 0
            ? throw new UserFaultException("On whom it works can be told only by what was known before: name covariates.")
        : experiment.Sizes.Min() < FewestCustomers
            ? throw new UserFaultException(Invariant(
                $"On whom it works cannot be told from fewer than {FewestCustomers} customers in each arm; the smallest has {experiment.Sizes.Min()}."))
        : Guess(experiment, seed);

    private static UpliftReport[] Guess(Experiment experiment, ulong seed) =>
    [
        .. from arm in Enumerable.Range(1, experiment.Arms.Count - 1)
           from outcome in experiment.Outcomes
           where outcome.IsRate
           from model in Enum.GetValues<UpliftModel>()
           select Of(experiment, arm, outcome, model, seed),
    ];

    private static UpliftReport Of(Experiment experiment, int arm, ExperimentColumn outcome, UpliftModel model, ulong seed)
    {
        var columns = experiment.Covariates.Select(covariate => Both(covariate.Values)).ToArray();
        var responded = Array.ConvertAll(Both(outcome.Values), value => value == 1);
        var isTreated = responded.Select((_, row) => row < experiment.Sizes[arm]).ToArray();
        var scores = UpliftScores.Of(model, columns, isTreated, responded, seed);
        var ranked = Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row]).ToArray();
        var fifths = ranked.Chunk((ranked.Length + Parts - 1) / Parts)
            .Select((rows, place) => new UpliftFifth(place + 1, rows.Length, rows.Average(row => scores[row]), Effect(rows)))
            .ToArray();
        var halves = ranked.Chunk((ranked.Length + 1) / 2).Select(Effect).ToArray();
        var difference = halves[0].Difference - halves[1].Difference;
        var half = 1.959963984540054 * Math.Sqrt((halves[0].StandardError * halves[0].StandardError) + (halves[1].StandardError * halves[1].StandardError));
        return new UpliftReport(
            experiment.Arms[arm],
            outcome.Name,
            model,
            UpliftCurves.Of(scores, isTreated, responded),
            fifths,
            difference,
            difference - half,
            difference + half,
            Sentence(experiment.Arms[arm], outcome.Name, difference, half, fifths[^1].Effect));

        double[] Both(double[] values) => [.. experiment.OfArm(values, arm), .. experiment.OfArm(values, 0)];

        WelchTest Effect(int[] rows) => WelchTest.Of(Sample(rows, treated: true), Sample(rows, treated: false));

        Moments Sample(int[] rows, bool treated) =>
            Moments.Of([.. rows.Where(row => isTreated[row] == treated).Select(row => responded[row] ? 1d : 0)]);
    }

    private static string Sentence(string arm, string outcome, double difference, double half, WelchTest worst)
    {
        var interval = Invariant($"{difference * 100:+0.00;-0.00} points (95 % interval {(difference - half) * 100:+0.00;-0.00} to {(difference + half) * 100:+0.00;-0.00})");
        if (difference - half <= 0)
        {
            return $"No claim that it can be told on whom {arm} works for {outcome}: between the better and the worse half the effects differ by {interval}.";
        }

        return $"{arm} works better for {outcome} on those whom the model says so of: {interval} more in the better half. "
            + (worst.Interval.High < 0
                ? "The worst fifth is better not disturbed: it responds less when treated."
                : "No fifth is shown to respond less when treated.");
    }
}

/// <summary>A fifth of the customers.</summary>
/// <param name="Number">1 has the best guesses.</param>
/// <param name="Customers">How many of both arms.</param>
/// <param name="Guessed">The mean guess.</param>
/// <param name="Effect">What was found.</param>
public sealed record UpliftFifth(int Number, int Customers, double Guessed, WelchTest Effect);
