using Warehouse.Definitions;
using Warehouse.Models.Churn.Learners.Boosting.Native;

namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>Gradient-boosted trees by XGBoost: histograms, missing values native, growing until validation gains nothing.</summary>
internal sealed class BoostingLearner(BoostingSettings settings) : IChurnLearner
{
    public const string LearnerName = "boosting";

    public string Name => LearnerName;

    /// <summary>Whether XGBoost's library is there.</summary>
    public static bool IsPresent => XgboostLibrary.IsPresent;

    /// <summary>How to get it, in words.</summary>
    public static string HowToGet => XgboostLibrary.HowToGet;

    /// <inheritdoc/>
    /// <exception cref="UserFaultException">XGBoost's library is not there.</exception>
    public Learned Learn(FeatureEncoding encoding, Examples train, Examples? validation, Learned? before, CancellationToken cancellationToken)
    {
        if (!IsPresent)
        {
            throw new UserFaultException($"Boosted trees need XGBoost. {HowToGet} Or train with '--learner logistic', which needs no install.");
        }

        var width = encoding.Columns.Count;
        using var rows = TrainingMatrix.Of(encoding.Encode(train.Features), width, train.Churned);
        using var held = validation is null ? null : TrainingMatrix.Of(encoding.Encode(validation.Features), width, validation.Churned);
        using var booster = Booster.Create(settings.For(encoding), held is null ? [rows] : [rows, held]);
        var rounds = held is null
            ? Grow(booster, rows, (int)(before?.Parameters["rounds"] ?? settings.MostRounds), cancellationToken)
            : GrowUntilDone(booster, rows, held, cancellationToken);
        using var kept = booster.Take(rounds);
        return new Learned(
            BoostedTrees.FromArtefact(kept.ToJson(), width),
            new OrderedDictionary<string, double>(StringComparer.Ordinal)
            {
                ["rounds"] = rounds,
                ["max_depth"] = settings.Depth,
                ["eta"] = settings.Rate,
                ["subsample"] = settings.Sampled,
                ["colsample_bytree"] = settings.Sampled,
                ["min_child_weight"] = settings.LeastLeaf,
                ["lambda"] = settings.Penalty,
                ["scale_pos_weight"] = settings.ClassWeight,
                ["seed"] = settings.Seed,
                ["rows"] = train.Count,
            });
    }

    private static int Grow(Booster booster, TrainingMatrix rows, int rounds, CancellationToken cancellationToken)
    {
        for (var round = 0; round < rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            booster.Grow(round, rows);
        }

        return rounds;
    }

    private int GrowUntilDone(Booster booster, TrainingMatrix rows, TrainingMatrix held, CancellationToken cancellationToken)
    {
        var (best, least) = (1, double.PositiveInfinity);
        for (var round = 0; round < settings.MostRounds && round < best + settings.Patience; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            booster.Grow(round, rows);
            var loss = booster.Evaluate(round, held);
            if (loss < least)
            {
                (best, least) = (round + 1, loss);
            }
        }

        return best;
    }
}
