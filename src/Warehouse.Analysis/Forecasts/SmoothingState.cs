namespace Warehouse.Analysis.Forecasts;

/// <summary>Where a series stands: its level, its slope, and the seasons, of which the next one is the first.</summary>
internal sealed class SmoothingState(SmoothingForm form, double level, double slope, double[] seasons)
{
    private int _next;

    public double Level { get; private set; } = level;

    public double Slope { get; private set; } = slope;

    /// <summary>The seasons from the next one on.</summary>
    public IEnumerable<double> Seasons => seasons.Skip(_next).Concat(seasons.Take(_next));

    public SmoothingState Copy() => new(form, Level, Slope, [.. Seasons]);

    /// <summary>What is expected so many steps on, from 1.</summary>
    public double Expected(int steps)
    {
        var line = Level + (steps * Slope);
        return form.Season switch
        {
            Seasonality.Additive => line + seasons[(_next + steps - 1) % seasons.Length],
            Seasonality.Multiplicative => line * seasons[(_next + steps - 1) % seasons.Length],
            _ => line,
        };
    }

    /// <summary>Takes the next value in (Winters 1960; Holt 2004, equations of the error-free form).</summary>
    public void Take(double value, in SmoothingWeights weights)
    {
        var (line, season) = (Level + Slope, form.Season == Seasonality.None ? 0 : seasons[_next]);
        var seen = form.Season switch
        {
            Seasonality.Additive => value - season,
            Seasonality.Multiplicative => value / season,
            _ => value,
        };
        var before = Level;
        Level = (weights.Alpha * seen) + ((1 - weights.Alpha) * line);
        if (form.HasTrend)
        {
            Slope = (weights.Beta * (Level - before)) + ((1 - weights.Beta) * Slope);
        }

        if (form.Season != Seasonality.None)
        {
            var seasonSeen = form.Season == Seasonality.Additive ? value - Level : value / Level;
            seasons[_next] = (weights.Gamma * seasonSeen) + ((1 - weights.Gamma) * season);
            _next = (_next + 1) % seasons.Length;
        }
    }
}

/// <summary>How much of each new value goes into the level, the slope and the season, 0 to 1.</summary>
internal readonly record struct SmoothingWeights(double Alpha, double Beta, double Gamma);
