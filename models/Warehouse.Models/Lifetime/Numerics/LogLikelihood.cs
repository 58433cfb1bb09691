using System.Globalization;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// A log-likelihood of positive parameters as a function of their logarithms, in which the parameters' limits lie
/// at infinity and the likelihood is closest to a parabola.
/// </summary>
internal abstract class LogLikelihood
{
    /// <summary>
    /// Beyond this a shape parameter says "no heterogeneity" (or, as its reciprocal, "nothing but heterogeneity"),
    /// and no data could tell it from infinity.
    /// </summary>
    protected const double LargestShape = 1e4;

    /// <summary>How far a parameter with a unit (time, money) may be from the data's own scale.</summary>
    protected const double LargestScaleRatio = 1e6;

    /// <summary>The gamma distribution of purchase rates has shrunk to a point.</summary>
    protected const string EqualRates = "all customers buy at the same rate; the spread of rates cannot be estimated.";

    /// <summary>The gamma distribution of purchase rates has gone to zero and infinity.</summary>
    protected const string FewBuyers =
        "a few customers make almost all repeat purchases, the others none; no gamma distribution of rates fits.";

    /// <summary>The distribution of dropout has gone to zero.</summary>
    protected const string NoDropout =
        "practically no customer leaves in these data; dropout cannot be estimated, and predictions assume there is none.";

    /// <summary>The distribution of dropout has gone to both its ends.</summary>
    protected const string AllOrNone =
        "customers leave at once or never; the chance to leave has no smooth distribution.";

    /// <summary>Below this mean chance of dropout the data hold practically none.</summary>
    protected const double LeastDropout = 1e-3;

    /// <summary>The papers' names, in the papers' order.</summary>
    public abstract IReadOnlyList<string> ParameterNames { get; }

    /// <summary>Least values of the parameters (not of their logarithms).</summary>
    public abstract IReadOnlyList<double> LowerBounds { get; }

    /// <summary>Greatest values of the parameters (not of their logarithms).</summary>
    public abstract IReadOnlyList<double> UpperBounds { get; }

    /// <summary>Parameters to start from, spread over what is plausible given the data's moments.</summary>
    public abstract IEnumerable<double[]> Starts { get; }

    /// <summary>
    /// The likelihood of a sample of the data, where they are so many that a search on the sample first is worth it; else
    /// null.
    /// </summary>
    public virtual LogLikelihood? Sample => null;

    /// <summary>The log-likelihood, and its gradient with respect to the logarithms of the parameters.</summary>
    public abstract double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient);

    /// <summary>What it says of the customers when the likelihood keeps rising to this parameter's bound.</summary>
    public abstract string MeaningOfBound(int parameter, bool upper, IReadOnlyList<double> parameters);

    /// <summary>A distribution has shrunk to a point.</summary>
    /// <param name="what">What is distributed: "the chance to leave after a purchase".</param>
    /// <param name="mean">Where the point is.</param>
    /// <param name="whom">Between whom it does not differ: "customers".</param>
    protected static string DoesNotDiffer(string what, double mean, string whom = "customers") => string.Create(
        CultureInfo.InvariantCulture,
        $"{what}, about {mean:G3}, does not differ between {whom}; its spread cannot be estimated.");
}
