namespace Warehouse.Campaigns.Measurement;

/// <summary>How many customers an experiment needs to see an outcome rise.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Baseline">The control's mean; a rate to six decimals, as it is printed, so that the number can be checked from it.</param>
/// <param name="Lift">The rise, as a share of the baseline.</param>
/// <param name="CustomersPerArm">Customers in each of two arms of equal size for 80 % power at 5 %, two-sided; null where no number does.</param>
public sealed record OutcomePower(string Outcome, double Baseline, double Lift, double? CustomersPerArm)
{
    /// <summary>The rise that is asked about where nobody expects another.</summary>
    public const double CustomaryLift = .10;

    internal static OutcomePower Of(ExperimentColumn outcome, Moments control, double lift)
    {
        var baseline = outcome.IsRate ? Math.Round(control.Mean, 6) : control.Mean;
        var customers = outcome.IsRate
            ? Power.CustomersForRate(baseline, lift)
            : Power.CustomersForMean(baseline, control.Variance, lift);
        return new OutcomePower(outcome.Name, baseline, lift, double.IsFinite(customers) ? Math.Round(customers) : null);
    }
}
