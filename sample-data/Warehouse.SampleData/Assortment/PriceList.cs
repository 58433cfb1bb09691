using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.Assortment;

/// <summary>
/// List prices in pence. They change on 1 January and 1 July: about a third of the products, mostly upwards. Euro prices
/// are the pound prices times <see cref="EuroFactorFifths"/>/5, in whole cents.
/// </summary>
internal sealed class PriceList
{
    private const int EuroFactorFifths = 6;

    private readonly DateOnly[] _periodStarts;
    private readonly int[][] _pence;
    private readonly int _firstDay;
    private readonly byte[] _periodOfDay;

    public PriceList(ReadOnlySpan<double> firstPrices, DateOnly from, DateOnly to, Rng rng)
    {
        _periodStarts = [.. PeriodStarts(from, to)];
        _pence = new int[_periodStarts.Length][];
        var exact = firstPrices.ToArray();
        for (var period = 0; period < _pence.Length; period++)
        {
            if (period > 0)
            {
                for (var product = 0; product < exact.Length; product++)
                {
                    exact[product] *= rng.Chance(0.35) ? rng.Uniform(0.95, 1.08) : 1;
                }
            }

            _pence[period] = [.. exact.Select(RetailPrice)];
        }

        _firstDay = from.DayNumber;
        _periodOfDay = new byte[to.DayNumber - _firstDay];
        for (var day = 0; day < _periodOfDay.Length; day++)
        {
            _periodOfDay[day] = (byte)(_periodStarts.Count(start => start.DayNumber <= _firstDay + day) - 1);
        }
    }

    /// <summary>The first is the beginning of the half-year in which the window begins.</summary>
    public IReadOnlyList<DateOnly> Periods => _periodStarts;

    public int PeriodOn(int dayNumber) => _periodOfDay[dayNumber - _firstDay];

    public int Pence(int period, int product) => _pence[period][product];

    public ReadOnlySpan<int> PenceIn(int period) => _pence[period];

    public static int EuroCents(int pence) => ((pence * EuroFactorFifths * 2) + 5) / 10;

    /// <summary>Pounds of list price that a euro pays for, before rounding.</summary>
    public const double PoundsOfListPerEuro = 5.0 / EuroFactorFifths;

    private static IEnumerable<DateOnly> PeriodStarts(DateOnly from, DateOnly to)
    {
        for (var start = new DateOnly(from.Year, from.Month <= 6 ? 1 : 7, 1); start < to; start = start.AddMonths(6))
        {
            yield return start;
        }
    }

    /// <summary>As prices are written on shelves: ending in 5 or 9 below £10, in 49 or 99 from there.</summary>
    private static int RetailPrice(double pounds)
    {
        if (pounds >= 10)
        {
            return ((int)Math.Round(pounds * 2) * 50) - 1;
        }

        var fives = Math.Max(55, (int)Math.Round(pounds * 20) * 5);
        return fives % 10 == 0 ? fives - 1 : fives;
    }
}
