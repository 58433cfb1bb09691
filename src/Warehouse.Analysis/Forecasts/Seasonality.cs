namespace Warehouse.Analysis.Forecasts;

/// <summary>How the season enters a forecast.</summary>
public enum Seasonality
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>It is added: December sells so much more.</summary>
    Additive,

    /// <summary>It multiplies: December sells so many times as much.</summary>
    Multiplicative,
}

/// <summary>A form of exponential smoothing.</summary>
/// <param name="Season">How the season enters.</param>
/// <param name="HasTrend">Whether the level has a slope.</param>
public sealed record SmoothingForm(Seasonality Season, bool HasTrend)
{
    internal int Parameters => 1 + (HasTrend ? 1 : 0) + (Season == Seasonality.None ? 0 : 1);

    /// <inheritdoc/>
    public override string ToString() => (Season, HasTrend) switch
    {
        (Seasonality.None, false) => "simple exponential smoothing",
        (Seasonality.None, true) => "Holt's linear trend",
        (Seasonality.Additive, false) => "additive seasons without trend",
        (Seasonality.Multiplicative, false) => "multiplicative seasons without trend",
        (Seasonality.Additive, true) => "additive Holt-Winters",
        _ => "multiplicative Holt-Winters",
    };
}
