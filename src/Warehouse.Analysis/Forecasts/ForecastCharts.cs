using Warehouse.Charts;

namespace Warehouse.Analysis.Forecasts;

/// <summary>A forecast as a report.</summary>
public static class ForecastCharts
{
    /// <summary>The report.</summary>
    /// <param name="measure">What is forecast.</param>
    /// <param name="origin">Where the values come from.</param>
    /// <param name="periods">The names of all periods, those of the past first.</param>
    /// <param name="values">The values of the past.</param>
    /// <param name="forecast">The forecast.</param>
    public static Report Of(string measure, ReportOrigin origin, IReadOnlyList<string> periods, IReadOnlyList<double> values, Forecast forecast) => new(
        $"Forecast of {measure}",
        origin,
        [
            new LineChart(
                $"{measure}, past and expected",
                new Axis("period"),
                new Axis(measure),
                [
                    new ChartLine("past", [.. values.Select((value, place) => new ChartPoint(place, value))]),
                    new ChartLine("expected", [.. forecast.Expected.Select((step, place) => new ChartPoint(values.Count + place, step.Value, step.Low, step.High))]) { IsDashed = true },
                ])
            {
                Categories = periods,
                Description = forecast.Model is { } model ? $"By {model.Form}; the band holds 95 % of what may come." : null,
            },
            ReportPart.Of(
                "The model",
                new ChartTable(
                    [new("what"), new("value", ValueFormat.Number)],
                    forecast.Model is not { } fitted
                        ? []
                        :
                        [
                            [$"{fitted.Form}: weight of the level", fitted.Alpha],
                            ["weight of the slope", fitted.Beta],
                            ["weight of the season", fitted.Gamma],
                            ["mean absolute error, back-tested", forecast.Test?.Error],
                            ["that of the seasonal naive", forecast.Test?.NaiveError],
                        ])),
        ],
        forecast.Notes);
}
