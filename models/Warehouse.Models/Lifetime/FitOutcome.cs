using System.Globalization;

namespace Warehouse.Models.Lifetime;

/// <summary>
/// How a fit ended. Only <see cref="Converged"/> is an estimate; everything else says what the data could not tell.
/// </summary>
public abstract record FitOutcome
{
    private FitOutcome()
    {
    }

    /// <summary>A stable word for programs: converged, parameter-at-bound, flat-likelihood, too-little-data, no-maximum-found.</summary>
    public abstract string Code { get; }

    /// <summary>A sentence for people.</summary>
    public abstract string Message { get; }

    /// <summary>A maximum inside the bounds: gradient zero, information positive definite.</summary>
    public sealed record Converged : FitOutcome
    {
        /// <inheritdoc/>
        public override string Code => "converged";

        /// <inheritdoc/>
        public override string Message => "The likelihood has a maximum, and the search found it.";
    }

    /// <summary>The likelihood keeps rising to the bound of one or more parameters: they have no estimate.</summary>
    /// <param name="Bounds">Which, and what it says of the customers.</param>
    public sealed record ParameterAtBound(IReadOnlyList<BoundReached> Bounds) : FitOutcome
    {
        /// <inheritdoc/>
        public override string Code => "parameter-at-bound";

        /// <inheritdoc/>
        public override string Message => string.Join(' ', Bounds.Select(bound => bound.Message));
    }

    /// <summary>
    /// Along some combination of the parameters the likelihood hardly changes: they can change a hundredfold together within
    /// one standard error.
    /// </summary>
    /// <param name="Parameters">The parameters that take part in the combination.</param>
    public sealed record FlatLikelihood(IReadOnlyList<string> Parameters) : FitOutcome
    {
        /// <inheritdoc/>
        public override string Code => "flat-likelihood";

        /// <inheritdoc/>
        public override string Message =>
            $"The data do not determine {string.Join(" and ", Parameters)}: a hundredfold change hardly changes the likelihood.";
    }

    /// <summary>There is nothing to estimate from.</summary>
    /// <param name="Reason">What is missing.</param>
    public sealed record TooLittleData(string Reason) : FitOutcome
    {
        /// <inheritdoc/>
        public override string Code => "too-little-data";

        /// <inheritdoc/>
        public override string Message => Reason;
    }

    /// <summary>The search stopped where the gradient is not zero or the curvature is not that of a maximum.</summary>
    /// <param name="RemainingGain">What a further step promises, in units of log-likelihood.</param>
    public sealed record NoMaximumFound(double RemainingGain) : FitOutcome
    {
        /// <inheritdoc/>
        public override string Code => "no-maximum-found";

        /// <inheritdoc/>
        public override string Message => string.Create(
            CultureInfo.InvariantCulture,
            $"The search stopped before a maximum; a further step promises {RemainingGain:G3} in log-likelihood.");
    }
}

/// <summary>A parameter that ran to its bound.</summary>
/// <param name="Parameter">The paper's name.</param>
/// <param name="Upper">Whether it is the upper bound.</param>
/// <param name="Bound">The bound.</param>
/// <param name="Meaning">What it says of the customers.</param>
public sealed record BoundReached(string Parameter, bool Upper, double Bound, string Meaning)
{
    /// <summary>A sentence for people.</summary>
    public string Message => string.Create(
        CultureInfo.InvariantCulture,
        $"{Parameter} ran to its {(Upper ? "upper" : "lower")} bound {Bound:G4}: {Meaning}");
}
