using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Customers;

namespace Warehouse.SampleData.Assortment;

/// <summary>
/// Fills a basket whose value was drawn before (so that the values of orders follow Gamma-Gamma): first what the planted
/// rules put in, then what the customer has used up, then products from liked shelves whose prices share out the rest.
/// The last bundle takes up the error of the others, so the basket's value is the one drawn to within a few per cent,
/// too high as often as too low.
/// </summary>
internal sealed class BasketFiller(Catalogue catalogue, ExchangeRates rates)
{
    private const double ExtraLines = 1.6;
    private const double LeastPencePerLine = 250;
    private const double HabitWhenUsedUp = 0.90;
    private const double HabitBefore = 0.04;

    private static readonly int[] s_discounts = [10, 10, 15, 20, 20, 25, 30];

    private readonly double[] _shares = new double[16];
    private Rng _rng = null!;
    private List<OrderLine> _lines = null!;
    private bool _isEuro;
    private int _period;
    private double _restPence;

    /// <param name="customer">Null for a stranger.</param>
    /// <param name="pounds">The value to reach, net of discounts.</param>
    /// <param name="habitBoughtOn">The day on which the customer last bought what he uses up.</param>
    /// <param name="lines">Emptied, then filled.</param>
    public void Fill(
        Traits? customer, double pounds, LocalTime time, bool isEuro, ref int habitBoughtOn, Rng rng, List<OrderLine> lines)
    {
        _rng = rng;
        _lines = lines;
        _isEuro = isEuro;
        _period = catalogue.Prices.PeriodOn(time.DayNumber);
        lines.Clear();

        var date = time.Date;
        var budget = pounds * 100 / PoundsPerListPound(time.DayNumber);
        _restPence = budget;
        AddPlanted(date.Month);
        if (customer?.Habit is { } habit && WantsHabit(habit, budget, time.DayNumber - habitBoughtOn))
        {
            Add(habit.Product.Index, 1, 0);
            habitBoughtOn = time.DayNumber;
        }

        AddLiked(customer, date);
    }

    private double PoundsPerListPound(int dayNumber) =>
        _isEuro ? rates.PencePerEuro(dayNumber) / (100 * PriceList.PoundsOfListPerEuro) : 1;

    private void AddPlanted(int month)
    {
        foreach (var rule in catalogue.Rules)
        {
            if (!rule.AppliesIn(month))
            {
                continue;
            }

            var hasAll = true;
            foreach (var (item, probability) in rule.Antecedents)
            {
                if (_rng.Chance(probability))
                {
                    Add(catalogue.IndexOf(item), 1, 0);
                }
                else
                {
                    hasAll = false;
                }
            }

            if (_rng.Chance(hasAll ? rule.Confidence : rule.Base))
            {
                Add(catalogue.IndexOf(rule.Consequent), 1, 0);
            }
        }
    }

    private bool WantsHabit(Habit habit, double budget, int daysSince) =>
        _rng.Chance(daysSince >= habit.LastsDays ? HabitWhenUsedUp : HabitBefore)
        && catalogue.Prices.Pence(_period, habit.Product.Index) < 0.9 * budget;

    private void AddLiked(Traits? customer, DateOnly date)
    {
        var count = (int)Math.Min(1 + _rng.Poisson(ExtraLines), Math.Min(_shares.Length, _restPence / LeastPencePerLine));
        if (_lines.Count == 0)
        {
            count = Math.Max(count, 1);
        }

        var total = 0.0;
        for (var i = 0; i < count; i++)
        {
            _shares[i] = 0.3 + _rng.Exponential();
            total += _shares[i];
        }

        var discountShare = Math.Min(0.85, (customer?.DiscountShare ?? 0.1) * SaleFactor(date));
        for (var i = 0; i < count; i++)
        {
            var target = _restPence * _shares[i] / total;
            total -= _shares[i];
            var ladder = LikedLadder(customer, date.Month, target);
            if (_lines.Count > 0 && target < ladder.Cheapest / 2)
            {
                continue;
            }

            var percent = _rng.Chance(discountShare) ? _rng.Pick<int>(s_discounts) : 0;
            var gross = target * 100 / (100 - percent);
            var (product, quantity) = i == count - 1 ? ladder.NearestBundle(gross) : Bundle(ladder, gross);
            Add(product, quantity, percent);
        }
    }

    private Ladder LikedLadder(Traits? customer, int month, double target)
    {
        var cheapest = catalogue.LadderOf(_period, LikedShelf(customer, month));
        for (var attempt = 0; attempt < 4 && cheapest.Cheapest > target; attempt++)
        {
            var ladder = catalogue.LadderOf(_period, LikedShelf(customer, month));
            cheapest = ladder.Cheapest < cheapest.Cheapest ? ladder : cheapest;
        }

        return cheapest;
    }

    private int LikedShelf(Traits? customer, int month) => customer is null
        ? catalogue.DrawSubcategory(month, _rng)
        : _rng.Uniform() switch
        {
            < 0.30 => customer.Favourites.First,
            < 0.47 => customer.Favourites.Second,
            < 0.55 => customer.Favourites.Third,
            _ => catalogue.DrawSubcategory(month, _rng),
        };

    private (int Product, int Quantity) Bundle(Ladder ladder, double pence)
    {
        var wished = _rng.Uniform() switch
        {
            < 0.80 => 1,
            < 0.94 => 2,
            < 0.98 => 3,
            _ => 4,
        };
        var quantity = Math.Max(wished, (int)Math.Ceiling(pence / ladder.Dearest));
        return (ladder.Nearest(pence / quantity), quantity);
    }

    private void Add(int product, int quantity, int percentOff)
    {
        var pence = catalogue.Prices.Pence(_period, product);
        var unitPrice = _isEuro ? PriceList.EuroCents(pence) : pence;
        var line = new OrderLine(product, quantity, unitPrice, ((quantity * unitPrice * percentOff) + 50) / 100);
        _lines.Add(line);
        _restPence -= _isEuro ? line.Net * PriceList.PoundsOfListPerEuro : line.Net;
    }

    private static double SaleFactor(DateOnly date) => (date.Month, date.Day) switch
    {
        (12, >= 26) or (1, <= 20) => 3,
        (7, <= 21) => 3,
        (11, >= 20) => 4,
        _ => 1,
    };
}
