namespace Warehouse.Analysis.Forecasts;

/// <summary>The form that suits values best by Akaike's criterion.</summary>
internal static class SmoothingChoice
{
    private static readonly SmoothingForm[] Forms =
    [
        .. from season in new[] { Seasonality.None, Seasonality.Additive, Seasonality.Multiplicative }
           from hasTrend in new[] { false, true }
           select new SmoothingForm(season, hasTrend),
    ];

    /// <summary>The best form, fitted; null where there are too few values for any.</summary>
    public static ExponentialSmoothing? Best(double[] values, int season)
    {
        var fits = Forms.Where(form => ExponentialSmoothing.Suits(form, values, season))
            .Select(form => ExponentialSmoothing.Fit(form, values, season))
            .ToList();
        var common = fits.Count > 0 ? fits.Min(fit => fit.Errors) : 0;

        // While there is enough left, the season in which smoothing finds its level says nothing of the form.
        common = common > 2 * season ? common - season : common;
        return fits.Where(fit => double.IsFinite(fit.Level)).MinBy(fit => fit.InformationCriterion(common));
    }
}
