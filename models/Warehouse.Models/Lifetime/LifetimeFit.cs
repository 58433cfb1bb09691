namespace Warehouse.Models.Lifetime;

/// <summary>
/// A model fitted by maximum likelihood. Serialised with camelCase names it is the answer of the command line.
/// Numbers are finite or null, never NaN.
/// </summary>
/// <param name="Kind">The model.</param>
/// <param name="Parameters">
/// Values by the papers' names, in the papers' order; empty when <see cref="Outcome"/> is too little data. Times are
/// in the unit of the data, money in its currency.
/// </param>
/// <param name="StandardErrors">
/// From the observed information, by the delta method from the logarithms to the parameters; null for a parameter
/// at its bound (the others' are then given that bound), and for all of them where the likelihood is flat.
/// </param>
/// <param name="Covariance">
/// Of the estimates, in the order of <paramref name="Parameters"/>; rows and columns of a parameter at its bound
/// are zero. Null where there are no standard errors.
/// </param>
/// <param name="LogLikelihood">At the parameters, of all customers, with the density of the data's own units.</param>
/// <param name="Outcome">How the fit ended.</param>
/// <param name="Customers">Customers fitted to.</param>
/// <param name="Cells">Distinct histories among them.</param>
/// <param name="Iterations">Newton steps taken.</param>
public sealed record LifetimeFit(
    LifetimeModelKind Kind,
    IReadOnlyDictionary<string, double> Parameters,
    IReadOnlyDictionary<string, double?> StandardErrors,
    IReadOnlyList<IReadOnlyList<double>>? Covariance,
    double? LogLikelihood,
    FitOutcome Outcome,
    long Customers,
    int Cells,
    int Iterations)
{
    /// <summary>The model's name: bg-nbd, mbg-nbd, …</summary>
    public string Model => Kind.Name();

    /// <summary>Whether the parameters are estimates.</summary>
    public bool Converged => Outcome is FitOutcome.Converged;

    /// <summary>The parameters in order, if the fit is of that model and has any.</summary>
    internal double[] ParametersOf(LifetimeModelKind kind)
    {
        if (Kind != kind)
        {
            throw new ArgumentException($"The fit is of {Model}, not of {kind.Name()}.");
        }

        return Parameters.Count > 0 ? [.. Parameters.Values] : throw new ArgumentException($"The fit has no parameters: {Outcome.Message}");
    }

    internal static LifetimeFit OfTooLittle(LifetimeModelKind kind, string reason, long customers, int cells) => new(
        kind,
        new OrderedDictionary<string, double>(StringComparer.Ordinal),
        new OrderedDictionary<string, double?>(StringComparer.Ordinal),
        Covariance: null,
        LogLikelihood: null,
        new FitOutcome.TooLittleData(reason),
        customers,
        cells,
        Iterations: 0);
}
