namespace Warehouse.Models.Lifetime;

/// <summary>A model that was fitted to the calibration period, and how it did in the holdout.</summary>
/// <param name="Fit">The fit.</param>
/// <param name="Holdout">Null where the fit did not converge: what is not estimated does not compete.</param>
public sealed record CandidateModel(LifetimeFit Fit, HoldoutEvaluation? Holdout);

/// <summary>
/// The choice of a model by what it predicted of a holdout period. The criterion is the root mean squared error of
/// customers' purchases: the expected value minimises it, while the mean absolute error is least for the median, which
/// rewards predicting too little.
/// </summary>
/// <param name="Candidates">Best first; those that did not converge last, in the order asked for.</param>
public sealed record ModelChoice(IReadOnlyList<CandidateModel> Candidates)
{
    /// <summary>The best; null where no fit converged.</summary>
    public CandidateModel? Chosen => Candidates.FirstOrDefault(candidate => candidate.Holdout is not null);

    /// <summary>Fits the candidates to the calibration period and compares their predictions of the holdout.</summary>
    /// <param name="kinds">The candidates: purchase models.</param>
    /// <param name="calibration">The customers' histories at the end of the calibration period; at least one.</param>
    /// <param name="actual">Purchases of each in the holdout period.</param>
    /// <param name="horizon">Length of the holdout period.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores.</param>
    public static ModelChoice ByHoldout(
        IEnumerable<LifetimeModelKind> kinds,
        ReadOnlyMemory<PurchaseHistory> calibration,
        ReadOnlyMemory<int> actual,
        double horizon,
        ParallelOptions? parallel = null)
    {
        var statistics = SufficientStatistics.Of(calibration.Span);
        return new ModelChoice(
        [
            .. kinds.Select(kind =>
                {
                    var fit = PurchaseModel.Fit(kind, statistics, parallel);
                    var holdout = fit.Converged
                        ? HoldoutEvaluation.Of(PurchaseModel.Of(fit), calibration, actual, horizon, parallel)
                        : null;
                    return new CandidateModel(fit, holdout);
                })
                .OrderBy(candidate => candidate.Holdout?.RootMeanSquaredError ?? double.PositiveInfinity),
        ]);
    }
}
