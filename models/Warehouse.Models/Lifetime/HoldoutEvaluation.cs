namespace Warehouse.Models.Lifetime;

/// <summary>
/// How well a model that was fitted to a calibration period predicted the purchases of the holdout period after it.
/// The order of the customers changes no bit of it.
/// </summary>
/// <param name="Kind">The model.</param>
/// <param name="Customers">Customers compared.</param>
/// <param name="Horizon">Length of the holdout period, in the model's unit of time.</param>
/// <param name="Actual">Purchases that happened.</param>
/// <param name="Predicted">Purchases expected.</param>
/// <param name="MeanAbsoluteError">Mean over customers of |actual - predicted|.</param>
/// <param name="RootMeanSquaredError">Root of the mean over customers of (actual - predicted)².</param>
/// <param name="ByFrequency">The same by calibration frequency, ascending; frequencies that no customer has are left out.</param>
public sealed record HoldoutEvaluation(
    LifetimeModelKind Kind,
    int Customers,
    double Horizon,
    long Actual,
    double Predicted,
    double MeanAbsoluteError,
    double RootMeanSquaredError,
    IReadOnlyList<HoldoutByFrequency> ByFrequency)
{
    /// <summary>Frequencies from here on are one row: few customers have each.</summary>
    public const int TopFrequency = 7;

    /// <summary>Compares E[Y(t) | x, t_x, T] of each customer with what he bought.</summary>
    /// <param name="model">A model fitted to the calibration period.</param>
    /// <param name="calibration">The customers' histories at the end of the calibration period; at least one.</param>
    /// <param name="actual">Purchases of each in the holdout period.</param>
    /// <param name="horizon">Length of the holdout period.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores.</param>
    public static HoldoutEvaluation Of(
        PurchaseModel model,
        ReadOnlyMemory<PurchaseHistory> calibration,
        ReadOnlyMemory<int> actual,
        double horizon,
        ParallelOptions? parallel = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(calibration.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(actual.Length, calibration.Length);
        var predicted = new double[calibration.Length];
        model.ConditionalExpectedPurchases(calibration, horizon, predicted, parallel);

        var customers = new (int Frequency, double Predicted, int Actual)[predicted.Length];
        for (var i = 0; i < customers.Length; i++)
        {
            customers[i] = (Math.Min(calibration.Span[i].Frequency, TopFrequency), predicted[i], actual.Span[i]);
        }

        Array.Sort(customers);
        return new HoldoutEvaluation(
            model.Kind,
            customers.Length,
            horizon,
            customers.Sum(customer => (long)customer.Actual),
            customers.Sum(customer => customer.Predicted),
            customers.Average(customer => Math.Abs(customer.Actual - customer.Predicted)),
            Math.Sqrt(customers.Average(customer => Square(customer.Actual - customer.Predicted))),
            [
                .. customers.GroupBy(customer => customer.Frequency).Select(group => new HoldoutByFrequency(
                    group.Key,
                    group.Count(),
                    group.Average(customer => (double)customer.Actual),
                    group.Average(customer => customer.Predicted))),
            ]);
    }

    private static double Square(double value) => value * value;
}

/// <summary>Customers of one calibration frequency.</summary>
/// <param name="Frequency">x; <see cref="HoldoutEvaluation.TopFrequency"/> stands for that and all above.</param>
/// <param name="Customers">How many.</param>
/// <param name="MeanActual">Purchases per customer in the holdout period.</param>
/// <param name="MeanPredicted">Purchases expected per customer.</param>
public sealed record HoldoutByFrequency(int Frequency, int Customers, double MeanActual, double MeanPredicted);
