using Warehouse.Definitions;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Training;

/// <summary>
/// Trains on a table, such as one of contracts and whether each was ended. Where a column says as of when each row is, the latest
/// fifth tests what was learned from the earlier rows; else it is tested by cross-validation: every row is scored by a model that
/// did not see it.
/// </summary>
internal sealed class FlatTraining(ChurnDefinition definition)
{
    private const int Folds = 5;
    private const double TestedShare = 0.2;
    private const int FewestRows = 50;
    private const int FewestOfEach = 10;

    private readonly ModelChoice _choice = new(definition);

    public Trained Run(int generation, FlatRows rows, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var examples = rows.Examples;
        Require(examples, "");
        LeakageCheck.Require(examples, definition.MostFeatureAuc, definition.Excluded);
        var tested = rows.Dates is { } dates ? OutOfTime(examples, dates, progress, cancellationToken) : OutOfFold(examples, progress, cancellationToken);
        progress.Report("Learning from all rows");
        var chosen = Learn(examples, rows.Dates, cancellationToken);
        var result = new TrainingResult(
            generation,
            tested.From,
            HorizonDays: null,
            definition.Hash,
            chosen.Model.Scorer.Learner,
            ChurnMetrics.Of(tested.Probabilities, tested.Churned, definition.Economics, definition.Seed),
            new Dictionary<string, Interval>(StringComparer.Ordinal),
            BestBaseline: null,
            Gain: null,
            chosen.Candidates,
            chosen.Model.Calibrator.Kind,
            Segments: [],
            TrainingDates: [],
            examples.Count,
            Importance.Of(chosen.Model, examples.Features, definition.Seed, cancellationToken),
            [.. rows.Dropped, .. chosen.Model.Encoding.Dropped],
            chosen.Parameters,
            definition.Seed,
            [.. rows.Dropped.Select(feature => $"{feature.Name} is not used: {feature.Reason}."), .. chosen.Notes, tested.Note]);
        return new Trained(result, chosen.Model, examples);
    }

    private FlatTest OutOfFold(Examples examples, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var folds = Splits.Folds(examples.Groups, Folds, definition.Seed);
        var probabilities = new double[examples.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            progress.Report(FormattableString.Invariant($"Fold {fold + 1} of {Folds}"));
            var outside = Rows(folds, held => held == fold);
            var scored = Learn(examples.Take(Rows(folds, held => held != fold)), dates: null, cancellationToken)
                .Model.Probabilities(examples.Features.Take(outside), cancellationToken);
            for (var place = 0; place < outside.Length; place++)
            {
                probabilities[outside[place]] = scored[place];
            }
        }

        return new FlatTest(
            null,
            probabilities,
            examples.Churned,
            FormattableString.Invariant($"Tested by {Folds}-fold cross-validation: no column was named that says as of when rows are, so nothing tells whether features were known before the label."));
    }

    private FlatTest OutOfTime(Examples examples, DateOnly[] dates, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var (earlier, later, from) = Cut(dates);
        var (learned, tested) = (examples.Take(earlier), examples.Take(later));
        Require(learned, FormattableString.Invariant($" before {from:yyyy-MM-dd}"));
        Require(tested, FormattableString.Invariant($" from {from:yyyy-MM-dd}"));
        progress.Report("Learning from the earlier rows");
        var chosen = Learn(learned, [.. earlier.Select(row => dates[row])], cancellationToken);
        return new FlatTest(
            from,
            chosen.Model.Probabilities(tested.Features, cancellationToken),
            tested.Churned,
            FormattableString.Invariant($"Tested out of time: learned from {learned.Count} rows before {from:yyyy-MM-dd}, tested on the {tested.Count} from then on; then learned again from all."));
    }

    /// <summary>Choices are validated out of time too where rows have dates.</summary>
    private Chosen Learn(Examples examples, DateOnly[]? dates, CancellationToken cancellationToken)
    {
        if (dates is not null && dates.Min() < dates.Max())
        {
            var (earlier, later, _) = Cut(dates);
            var (from, by) = (examples.Take(earlier), examples.Take(later));
            if (HasEnough(from) && HasEnough(by))
            {
                return _choice.Choose(from, by, examples, cancellationToken);
            }
        }

        var parts = Splits.Folds(examples.Groups, Folds, definition.Seed + 1);
        return _choice.Choose(
            examples.Take(Rows(parts, held => held > 0)), examples.Take(Rows(parts, held => held == 0)), examples, cancellationToken);
    }

    /// <summary>The latest fifth of the rows, whole days, and those before.</summary>
    private static (int[] Earlier, int[] Later, DateOnly From) Cut(DateOnly[] dates)
    {
        var sorted = dates.Order().ToArray();
        var from = sorted[(int)(sorted.Length * (1 - TestedShare))];
        if (from == sorted[0])
        {
            from = sorted.FirstOrDefault(date => date > sorted[0], sorted[0]);
        }

        var rows = Enumerable.Range(0, dates.Length).ToLookup(row => dates[row] >= from);
        return ([.. rows[false]], [.. rows[true]], from);
    }

    private static bool HasEnough(Examples examples) =>
        examples.Count >= FewestRows && examples.Churners >= FewestOfEach && examples.Count - examples.Churners >= FewestOfEach;

    private static void Require(Examples examples, string when)
    {
        var others = examples.Count - examples.Churners;
        if (!HasEnough(examples))
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"There is too little to learn from: {examples.Count} rows{when}, of which {examples.Churners} churned and {others} did not. It takes at least {FewestRows}, and {FewestOfEach} of each."));
        }
    }

    private static int[] Rows(int[] folds, Predicate<int> isWanted) =>
        [.. Enumerable.Range(0, folds.Length).Where(row => isWanted(folds[row]))];

    /// <summary>What the test said and what happened; from when, where rows have dates.</summary>
    private sealed record FlatTest(DateOnly? From, double[] Probabilities, bool[] Churned, string Note);
}
