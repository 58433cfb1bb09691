using Warehouse.Definitions;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;

namespace Warehouse.Models.Lifetime;

/// <summary>
/// A table of customers' summaries, by column, from which any of the models that the command line names can be
/// fitted. Which columns a model needs: x, t_x, T (n for BG/BB), or x and the mean spend (Gamma-Gamma).
/// </summary>
public sealed record LifetimeSummary
{
    /// <summary>x of each row.</summary>
    public required double[] Frequency { get; init; }

    /// <summary>t_x of each row; null where the table has none.</summary>
    public double[]? Recency { get; init; }

    /// <summary>T, or n for BG/BB, of each row; null where the table has none.</summary>
    public double[]? Age { get; init; }

    /// <summary>Mean spend of each row; null where the table has none.</summary>
    public double[]? MeanSpend { get; init; }

    /// <summary>Customers of each row; null: one each.</summary>
    public long[]? Customers { get; init; }

    /// <summary>Fits a model to the table.</summary>
    /// <param name="kind">The model.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores. The cores change no bit of the result.</param>
    /// <exception cref="LifetimeDataException">A column that the model needs is missing, or a row cannot be.</exception>
    /// <exception cref="WrongCommandException">The model is not fitted from such a table.</exception>
    public LifetimeFit Fit(LifetimeModelKind kind, ParallelOptions? parallel = null)
    {
        switch (kind)
        {
            case LifetimeModelKind.BgNbd or LifetimeModelKind.MbgNbd or LifetimeModelKind.ParetoNbd:
                var statistics = SufficientStatistics.Of(
                    Frequency, Needed(kind, Recency, "t_x"), Needed(kind, Age, "T"), Customers);
                return PurchaseModel.Fit(kind, statistics, parallel);

            case LifetimeModelKind.BgBb:
                return BgBbModel.Fit(
                    OccasionStatistics.Of(Frequency, Needed(kind, Recency, "t_x"), Needed(kind, Age, "n"), Customers),
                    parallel?.CancellationToken ?? CancellationToken.None);

            case LifetimeModelKind.GammaGamma:
                return GammaGammaModel.Fit(SpendStatistics.Of(Frequency, Needed(kind, MeanSpend, "mean spend"), Customers), parallel);

            default:
                throw new WrongCommandException($"{kind.Name()} is fitted to contracts, not to a summary of purchases.");
        }
    }

    private static double[] Needed(LifetimeModelKind kind, double[]? column, string name) =>
        column ?? throw new LifetimeDataException(row: null, $"no column {name}", $"one, as {kind.Name()} needs it");
}
