using Warehouse.Models.Lifetime.GammaGamma;

namespace Warehouse.Models.Lifetime;

/// <summary>
/// Intervals of expected values by the delta method on logarithms: ln(value) is taken as normal, with the variance that the
/// estimates' covariance gives it to first order. They cost as many valuations as there are parameters, twice;
/// <see cref="LifetimeValueUncertainty"/> draws instead and costs hundreds. Models do not change: share one between threads.
/// </summary>
public sealed class LifetimeErrors
{
    private const double Step = 1e-4;
    private const double Normal975 = 1.959963984540054;

    private readonly PurchaseModel _purchases;
    private readonly GammaGammaModel _spend;
    private readonly Direction<PurchaseModel>[] _ofPurchases;
    private readonly Direction<GammaGammaModel>[] _ofSpend;
    private readonly double[,]? _purchaseCovariance;
    private readonly double[,]? _spendCovariance;

    /// <summary>Prepares the neighbouring models.</summary>
    /// <param name="purchases">Fit of a purchase model with parameters.</param>
    /// <param name="spend">Fit of Gamma-Gamma with parameters.</param>
    public LifetimeErrors(LifetimeFit purchases, LifetimeFit spend)
    {
        _purchases = PurchaseModel.Of(purchases);
        _spend = GammaGammaModel.Of(spend);
        _ofPurchases = Directions(purchases, parameters => PurchaseModel.Of(purchases.Kind, parameters));
        _ofSpend = Directions(spend, parameters => new GammaGammaModel(parameters[0], parameters[1], parameters[2]));
        (_purchaseCovariance, _spendCovariance) = (OfLogarithms(purchases), OfLogarithms(spend));
    }

    /// <summary>Purchases expected in (T, T + t], with a 95 % interval; null ends where the fit has no covariance.</summary>
    public ExpectedRange Purchases(PurchaseHistory history, double horizon) => Range(
        _purchases.ConditionalExpectedPurchases(history, horizon),
        Variance(_purchaseCovariance, Gradient(_ofPurchases, model => model.ConditionalExpectedPurchases(history, horizon))));

    /// <summary>Discounted residual value, with a 95 % interval; null ends where a fit has no covariance.</summary>
    public ExpectedRange Value(ValuedCustomer customer, ValuationTerms terms)
    {
        var value = new LifetimeValuation(_purchases, _spend, terms).Value(customer);
        return Range(
            value,
            Variance(_purchaseCovariance, Gradient(_ofPurchases, model => new LifetimeValuation(model, _spend, terms).Value(customer)))
            + Variance(_spendCovariance, Gradient(_ofSpend, model => model.ConditionalExpectedSpend(customer.Spend))));
    }

    private static ExpectedRange Range(double expected, double? variance)
    {
        if (variance is not { } known || !(expected > 0) || !double.IsFinite(known))
        {
            return new ExpectedRange(expected, null, null);
        }

        var spread = Math.Exp(Normal975 * Math.Sqrt(Math.Max(0, known)));
        return new ExpectedRange(expected, expected / spread, expected * spread);
    }

    private static double[] Gradient<TModel>(Direction<TModel>[] directions, Func<TModel, double> value) =>
        [.. directions.Select(direction => (Math.Log(value(direction.Above)) - Math.Log(value(direction.Below))) / (2 * Step))];

    private static double? Variance(double[,]? covariance, double[] gradient)
    {
        if (covariance is null)
        {
            return null;
        }

        var variance = 0.0;
        for (var i = 0; i < gradient.Length; i++)
        {
            for (var j = 0; j < gradient.Length; j++)
            {
                variance += gradient[i] * covariance[i, j] * gradient[j];
            }
        }

        return variance;
    }

    private static Direction<TModel>[] Directions<TModel>(LifetimeFit fit, Func<double[], TModel> make)
    {
        var parameters = fit.ParametersOf(fit.Kind);
        return [.. parameters.Select((_, place) => new Direction<TModel>(make(Moved(place, -Step)), make(Moved(place, Step))))];

        double[] Moved(int place, double by) => [.. parameters.Select((parameter, i) => i == place ? parameter * Math.Exp(by) : parameter)];
    }

    private static double[,]? OfLogarithms(LifetimeFit fit)
    {
        if (fit.Covariance is not { } covariance)
        {
            return null;
        }

        var parameters = fit.ParametersOf(fit.Kind);
        var result = new double[parameters.Length, parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            for (var j = 0; j < parameters.Length; j++)
            {
                result[i, j] = covariance[i][j] / (parameters[i] * parameters[j]);
            }
        }

        return result;
    }

    private sealed record Direction<TModel>(TModel Below, TModel Above);
}

/// <summary>An expected value and its 95 % interval, as far as the parameters are known.</summary>
/// <param name="Expected">At the parameters estimated.</param>
/// <param name="Low">Lower end; null where it is not known.</param>
/// <param name="High">Upper end; null where it is not known.</param>
public sealed record ExpectedRange(double Expected, double? Low, double? High);
