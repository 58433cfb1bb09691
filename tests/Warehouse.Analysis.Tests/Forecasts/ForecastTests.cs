using Warehouse.Analysis.Forecasts;
using Warehouse.Definitions;

namespace Warehouse.Analysis.Tests.Forecasts;

public sealed class ForecastTests
{
    [Fact]
    public void SeasonsWithoutNoise_AreContinued()
    {
        var values = Enumerable.Range(0, 48).Select(month => 100 + (2.0 * month) + (10 * Math.Sin(month * Math.PI / 6))).ToArray();

        var forecast = Forecast.Of(values, 12, 12, default);

        Assert.Equal(new SmoothingForm(Seasonality.Additive, HasTrend: true), forecast.Model!.Form);
        Assert.All(forecast.Expected.Select((step, place) => Math.Abs(step.Value - (100 + (2.0 * (48 + place)) + (10 * Math.Sin((48 + place) * Math.PI / 6))))), error => Assert.InRange(error, 0, 2));
        Assert.True(forecast.Test!.Beats);
    }

    [Fact]
    public void Intervals_HoldAboutWhatTheyPromise()
    {
        var random = new Random(11);
        var (held, all) = (0, 0);
        for (var series = 0; series < 40; series++)
        {
            var values = Enumerable.Range(0, 66).Select(month => 500 + (60 * Math.Cos(month * Math.PI / 6)) + (20 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))).ToArray();
            var expected = SmoothingChoice.Best(values[..60], 12)!.Forecast(6, .95);
            held += expected.Where((step, place) => values[60 + place] >= step.Low && values[60 + place] <= step.High).Count();
            all += expected.Count;
        }

        Assert.InRange((double)held / all, .87, 1);
    }

    [Fact]
    public void RandomWalk_DoesNotBeatTheNaive_OrSaysSo()
    {
        var random = new Random(5);
        var level = 100.0;
        double[] values = [.. Enumerable.Range(0, 60).Select(_ => level += random.NextDouble() - .5)];

        var forecast = Forecast.Of(values, 1, 1, default);

        Assert.Contains(forecast.Notes, note => note.Contains(forecast.Test!.Beats ? "beats the naive" : "does not beat the naive", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void TooFewValues_AreSaidInWords(int count)
    {
        var forecast = Forecast.Of([.. Enumerable.Range(0, count).Select(value => (double)value)], 12, 6, default);

        Assert.Empty(forecast.Expected);
        Assert.Contains("takes four at least", Assert.Single(forecast.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-3)]
    public void EqualValues_GiveTheSameAgain_AndNeverNaN(double value)
    {
        foreach (var count in new[] { 4, 13, 24, 25, 60 })
        {
            var forecast = Forecast.Of([.. Enumerable.Repeat(value, count)], 12, 3, default);

            Assert.All(forecast.Expected, step => Assert.Equal((value, value, value), (Math.Round(step.Value, 9), Math.Round(step.Low, 9), Math.Round(step.High, 9))));
            Assert.Contains(forecast.Notes, note => note.StartsWith("All periods have the same value", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ValuesWithZeros_AreForecastWithoutMultiplication()
    {
        var values = Enumerable.Range(0, 60).Select(month => month % 12 < 3 ? 0.0 : 50 + month).ToArray();

        var forecast = Forecast.Of(values, 12, 12, default);

        Assert.NotEqual(Seasonality.Multiplicative, forecast.Model!.Form.Season);
        Assert.All(forecast.Expected, step => Assert.True(double.IsFinite(step.Value) && double.IsFinite(step.Low) && double.IsFinite(step.High)));
    }

    [Fact]
    public void SeasonOrStepsOutOfRange_AreAWrongCommand()
    {
        Assert.Throws<WrongCommandException>(() => Forecast.Of([1, 2, 3, 4], 0, 1, default));
        Assert.Throws<WrongCommandException>(() => Forecast.Of([1, 2, 3, 4], 1, 0, default));
    }
}
