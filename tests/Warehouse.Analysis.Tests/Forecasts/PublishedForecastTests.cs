using Warehouse.Analysis.Forecasts;

namespace Warehouse.Analysis.Tests.Forecasts;

/// <summary>The figures that R's HoltWinters gives of its own data sets (stats, R 4), which books print.</summary>
public sealed class PublishedForecastTests
{
    [Fact]
    public void AirPassengers_MultiplicativeHoltWinters_HasTheWeightsAndCoefficientsOfR()
    {
        var fit = ExponentialSmoothing.Fit(new SmoothingForm(Seasonality.Multiplicative, HasTrend: true), PublishedSeries.AirPassengers, 12);

        Near([.2755925, .03269295, .8707292], [fit.Alpha, fit.Beta!.Value, fit.Gamma!.Value], 1e-4);
        Assert.Equal(16570.78, fit.SumOfSquares, 2);
        Near([469.3232206, 3.0215391], [fit.Level, fit.Slope], .01);
        Near(
            [.9464611, .8829239, .9717369, 1.0304825, 1.0476884, 1.1805272, 1.3590778, 1.3331706, 1.1083381, .9868813, .8361333, .9209877], fit.Seasons, 5e-5);
        Near([447.0559, 419.7123, 464.8671], fit.Forecast(3, .95).Select(step => step.Value), .02);
    }

    [Fact]
    public void AirPassengers_AdditiveHoltWinters_HasTheWeightsAndIntervalsOfR()
    {
        var fit = ExponentialSmoothing.Fit(new SmoothingForm(Seasonality.Additive, HasTrend: true), PublishedSeries.AirPassengers, 12);

        Near([.2479595, .0345373, 1], [fit.Alpha, fit.Beta!.Value, fit.Gamma!.Value], 1e-4);
        Assert.Equal(21860.18, fit.SumOfSquares, 2);
        Near([477.827781, 3.127627], [fit.Level, fit.Slope], .01);
        var steps = fit.Forecast(3, .95);
        Near([453.4977, 429.3906, 467.0361], steps.Select(step => step.Value), .02);
        Near([428.4153, 403.4960, 440.3014], steps.Select(step => step.Low), .02);
        Near([478.5802, 455.2851, 493.7708], steps.Select(step => step.High), .02);
    }

    [Fact]
    public void Nottem_IsFittedAtLeastAsWellAsByR()
    {
        var additive = ExponentialSmoothing.Fit(new SmoothingForm(Seasonality.Additive, HasTrend: true), PublishedSeries.Nottem, 12);
        var multiplicative = ExponentialSmoothing.Fit(new SmoothingForm(Seasonality.Multiplicative, HasTrend: true), PublishedSeries.Nottem, 12);

        Assert.InRange(additive.SumOfSquares, 0, 1563.475);
        Assert.InRange(multiplicative.SumOfSquares, 0, 1541.809);
    }

    [Fact]
    public void Nile_SimpleExponentialSmoothing_HasTheWeightAndLevelOfR()
    {
        var fit = ExponentialSmoothing.Fit(new SmoothingForm(Seasonality.None, HasTrend: false), PublishedSeries.Nile, 1);

        Near([.2465579, 805.0389], [fit.Alpha, fit.Level], .005);
        Assert.Equal(2038871.83, fit.SumOfSquares, 2);
    }

    [Fact]
    public void AirPassengers_AreForecastMultiplicatively_AndBeatTheSeasonalNaive()
    {
        var forecast = Forecast.Of(PublishedSeries.AirPassengers, 12, 12, default);

        Assert.Equal(Seasonality.Multiplicative, forecast.Model!.Form.Season);
        Assert.True(forecast.Test!.Beats);
        Assert.InRange(forecast.Test.Error, 0, forecast.Test.NaiveError / 2);
        Assert.Contains(forecast.Notes, note => note.Contains("beats the seasonal naive", StringComparison.Ordinal));
    }

    /// <summary>R stops its search a little earlier than this: the sums of squares agree to their digits, the weights to as many as those fix.</summary>
    private static void Near(IEnumerable<double> published, IEnumerable<double> found, double within) =>
        Assert.All(published.Zip(found), pair => Assert.InRange(pair.Second, pair.First - within, pair.First + within));
}
