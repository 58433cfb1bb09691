using Warehouse.Definitions;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Training;

/// <summary>
/// Trains on a table without dates, such as one of contracts and whether each was ended. It is tested by cross-validation:
/// every row is scored by a model that did not see it.
/// </summary>
internal sealed class FlatTraining(ChurnDefinition definition)
{
    private const int Folds = 5;
    private const int FewestRows = 50;
    private const int FewestOfEach = 10;

    public Trained Run(
        int generation, Examples examples, IReadOnlyList<DroppedFeature> dropped, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Require(examples);
        LeakageCheck.Require(examples, definition.MostFeatureAuc, definition.Excluded);
        var folds = Splits.Folds(examples.Groups, Folds, definition.Seed);
        var choice = new ModelChoice(definition);
        var probabilities = new double[examples.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            progress.Report(FormattableString.Invariant($"Fold {fold + 1} of {Folds}"));
            var outside = Rows(folds, held => held == fold);
            var scored = Learn(choice, examples.Take(Rows(folds, held => held != fold)), cancellationToken)
                .Model.Probabilities(examples.Features.Take(outside), cancellationToken);
            for (var place = 0; place < outside.Length; place++)
            {
                probabilities[outside[place]] = scored[place];
            }
        }

        progress.Report("Learning from all rows");
        var chosen = Learn(choice, examples, cancellationToken);
        var result = new TrainingResult(
            generation,
            AsOf: null,
            HorizonDays: null,
            definition.Hash,
            chosen.Model.Scorer.Learner,
            ChurnMetrics.Of(probabilities, examples.Churned, definition.Economics, definition.Seed),
            new Dictionary<string, Interval>(StringComparer.Ordinal),
            BestBaseline: null,
            Gain: null,
            chosen.Candidates,
            chosen.Model.Calibrator.Kind,
            Segments: [],
            TrainingDates: [],
            examples.Count,
            Importance.Of(chosen.Model, examples.Features, definition.Seed, cancellationToken),
            [.. dropped, .. chosen.Model.Encoding.Dropped],
            chosen.Parameters,
            definition.Seed,
            [
                .. dropped.Select(feature => $"{feature.Name} is not used: {feature.Reason}."),
                .. chosen.Notes,
                FormattableString.Invariant($"Tested by {Folds}-fold cross-validation: the table has no dates, so nothing tells whether its features were known before the label."),
            ]);
        return new Trained(result, chosen.Model, examples);
    }

    private Chosen Learn(ModelChoice choice, Examples examples, CancellationToken cancellationToken)
    {
        var halves = Splits.Folds(examples.Groups, Folds, definition.Seed + 1);
        return choice.Choose(
            examples.Take(Rows(halves, held => held > 0)), examples.Take(Rows(halves, held => held == 0)), examples, cancellationToken);
    }

    private static void Require(Examples examples)
    {
        var others = examples.Count - examples.Churners;
        if (examples.Count < FewestRows || examples.Churners < FewestOfEach || others < FewestOfEach)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"There is too little to learn from: {examples.Count} rows, of which {examples.Churners} churned and {others} did not. It takes at least {FewestRows}, and {FewestOfEach} of each."));
        }
    }

    private static int[] Rows(int[] folds, Predicate<int> isWanted) =>
        [.. Enumerable.Range(0, folds.Length).Where(row => isWanted(folds[row]))];
}
