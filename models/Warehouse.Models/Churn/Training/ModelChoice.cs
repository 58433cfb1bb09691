using Warehouse.Definitions;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Learners;
using Warehouse.Models.Churn.Learners.Boosting;
using Warehouse.Models.Churn.Learners.Logistic;

namespace Warehouse.Models.Churn.Training;

/// <summary>
/// Tries the learners: each learns from earlier rows, is judged by later ones, and the better one learns again from all of
/// them with what was found to suit.
/// </summary>
internal sealed class ModelChoice(ChurnDefinition definition, bool hasBoosting)
{
    private const int CalibrationFolds = 3;
    private const int MostRowsOfCalibration = 100_000;

    /// <summary>Chooses among what this machine can run.</summary>
    public ModelChoice(ChurnDefinition definition)
        : this(definition, BoostingLearner.IsPresent)
    {
    }

    /// <summary>What to try and what has to be said about it.</summary>
    /// <exception cref="UserFaultException">Boosting was asked for, and XGBoost's library is not there.</exception>
    public (IReadOnlyList<IChurnLearner> Learners, IReadOnlyList<string> Notes) Learners()
    {
        var logistic = new LogisticLearner(definition.Seed);
        var boosting = new BoostingLearner(new BoostingSettings
        {
            Seed = definition.Seed,
            Monotone = definition.Monotone,
            ClassWeight = definition.ClassWeight,
        });
        return definition.Learner switch
        {
            LearnerChoice.Logistic => ([logistic], []),
            LearnerChoice.Boosting when !hasBoosting => throw new UserFaultException($"Boosted trees need XGBoost. {BoostingLearner.HowToGet}"),
            LearnerChoice.Boosting => ([boosting], []),
            _ when hasBoosting => ([logistic, boosting], []),
            _ => ([logistic], [$"Boosted trees were not tried. {BoostingLearner.HowToGet}"]),
        };
    }

    /// <summary>Chooses and learns.</summary>
    /// <param name="earlier">What candidates learn from.</param>
    /// <param name="later">What they are judged by.</param>
    /// <param name="all">What the better one then learns from.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Chosen Choose(Examples earlier, Examples later, Examples all, CancellationToken cancellationToken)
    {
        var (learners, notes) = Learners();
        var encoding = FeatureEncoding.Of(earlier.Features, definition.Excluded);
        var encodedLater = encoding.Encode(later.Features);
        var tried = learners
            .Select(learner =>
            {
                var learned = learner.Learn(encoding, earlier, later, before: null, cancellationToken);
                var margins = learned.Scorer.Score(encodedLater, cancellationToken);
                var auc = new RankedScores(margins, later.Churned).Auc();
                var loss = Enumerable.Range(0, later.Count).Average(row => Odds.Loss(margins[row], later.Churned[row]));
                return (Learner: learner, Learned: learned, Margins: margins, Candidate: new Candidate(learner.Name, auc, loss));
            })
            .OrderByDescending(candidate => candidate.Candidate.ValidationAuc)
            .ToList();
        var best = tried[0];
        var finalEncoding = FeatureEncoding.Of(all.Features, definition.Excluded);
        var calibrator = Calibrate(best.Learner, best.Learned, finalEncoding, all, cancellationToken);
        var learned = best.Learner.Learn(finalEncoding, all, validation: null, best.Learned, cancellationToken);
        return new Chosen(
            new ChurnModel(finalEncoding, learned.Scorer, calibrator),
            [.. tried.Select(candidate => candidate.Candidate)],
            learned.Parameters,
            notes);
    }

    /// <summary>
    /// Calibrates by scores of customers whom the model did not learn from, over all dates: those of one date alone would
    /// bend the scores by what was odd about it.
    /// </summary>
    private Calibrator Calibrate(IChurnLearner learner, Learned found, FeatureEncoding encoding, Examples all, CancellationToken cancellationToken)
    {
        var used = all.Take(Splits.Sample(all.Count, Math.Min(all.Count, MostRowsOfCalibration), definition.Seed));
        var folds = Splits.Folds(used.Groups, CalibrationFolds, definition.Seed);
        var margins = new double[used.Count];
        for (var fold = 0; fold < CalibrationFolds; fold++)
        {
            var inside = RowsWhere(folds, held => held != fold);
            var outside = RowsWhere(folds, held => held == fold);
            var learned = learner.Learn(encoding, used.Take(inside), validation: null, found, cancellationToken);
            var scores = learned.Scorer.Score(encoding.Encode(used.Features.Take(outside)), cancellationToken);
            for (var place = 0; place < outside.Length; place++)
            {
                margins[outside[place]] = scores[place];
            }
        }

        return CalibratorFit.Choose(margins, used.Churned, used.Groups, definition.Seed);
    }

    private static int[] RowsWhere(int[] folds, Predicate<int> isWanted) =>
        [.. Enumerable.Range(0, folds.Length).Where(row => isWanted(folds[row]))];
}

/// <summary>What was chosen.</summary>
internal sealed record Chosen(
    ChurnModel Model, IReadOnlyList<Candidate> Candidates, IReadOnlyDictionary<string, double> Parameters, IReadOnlyList<string> Notes);
