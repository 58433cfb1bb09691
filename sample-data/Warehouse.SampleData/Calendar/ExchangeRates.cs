using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.Calendar;

/// <summary>
/// The company's accounting rates: pounds for one euro, set each Monday and valid until the next. They have two decimals,
/// so that an amount of cents converts to pounds with four decimals, exactly, however it is split and summed.
/// </summary>
internal sealed class ExchangeRates
{
    private readonly int _firstMonday;
    private readonly int[] _hundredths;

    public ExchangeRates(int seed, DateOnly from, DateOnly to)
    {
        var monday = from.AddDays(-7);
        while (monday.DayOfWeek != DayOfWeek.Monday)
        {
            monday = monday.AddDays(-1);
        }

        _firstMonday = monday.DayNumber;
        _hundredths = new int[((to.DayNumber - _firstMonday) / 7) + 1];
        var rng = new Rng(seed, RandomStream.Rates);
        var level = 86.0;
        for (var week = 0; week < _hundredths.Length; week++)
        {
            level += (0.5 * rng.Gaussian()) + (0.05 * (86 - level));
            _hundredths[week] = (int)Math.Round(Math.Clamp(level, 80, 92));
        }
    }

    /// <summary>Pence for one euro on a day of the window.</summary>
    public int PencePerEuro(int dayNumber) => _hundredths[(dayNumber - _firstMonday) / 7];

    public IEnumerable<(DateOnly ValidFrom, int PencePerEuro)> Published() =>
        _hundredths.Select((rate, week) => (DateOnly.FromDayNumber(_firstMonday + (7 * week)), rate));
}
