using System.Globalization;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.GammaGamma;

namespace Warehouse.Models.Tests.Lifetime;

/// <summary>The 2,357 customers of the CDNOW sample: calibration until 1997-09-30 (39 weeks), holdout of 39 weeks after.</summary>
internal sealed class CdnowSample
{
    public const double HoldoutWeeks = 39;
    private const double DaysPerWeek = 7;

    private static readonly int Start = new DateOnly(1997, 1, 1).DayNumber;
    private static readonly int CalibrationEnd = new DateOnly(1997, 9, 30).DayNumber;

    private CdnowSample(IReadOnlyList<CdnowCustomer> customers) => Customers = customers;

    public IReadOnlyList<CdnowCustomer> Customers { get; }

    public PurchaseHistory[] Histories => [.. Customers.Select(customer => customer.History)];

    public int[] HoldoutPurchases => [.. Customers.Select(customer => customer.HoldoutPurchases)];

    public SufficientStatistics Statistics => SufficientStatistics.Of(Histories);

    public SpendStatistics RepeatersSpend
    {
        get
        {
            var repeaters = Customers.Where(customer => customer.History.Frequency > 0).ToArray();
            return SpendStatistics.Of(
                [.. repeaters.Select(customer => (double)customer.History.Frequency)],
                [.. repeaters.Select(customer => customer.MeanRepeatSpend)]);
        }
    }

    /// <summary>The published summary: weeks rounded to two decimals.</summary>
    public static LifetimeSummary Summary()
    {
        var rows = File.ReadLines(PublicData.Path("cdnow/cdnow_sample_summary.csv"))
            .Skip(1)
            .Select(line => line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray())
            .ToArray();
        return new LifetimeSummary
        {
            Frequency = [.. rows.Select(row => row[1])],
            Recency = [.. rows.Select(row => row[2])],
            Age = [.. rows.Select(row => row[3])],
        };
    }

    /// <summary>From the transactions: days over seven, not rounded; purchases of one day are one.</summary>
    public static CdnowSample FromTransactions()
    {
        var purchases = File.ReadLines(PublicData.Path("cdnow/CDNOW_sample.txt"))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length == 5)
            .Select(fields => (
                Customer: int.Parse(fields[1], CultureInfo.InvariantCulture),
                Day: DateOnly.ParseExact(fields[2], "yyyyMMdd", CultureInfo.InvariantCulture).DayNumber,
                Dollars: double.Parse(fields[4], CultureInfo.InvariantCulture)));
        return new CdnowSample(
        [
            .. purchases.GroupBy(purchase => purchase.Customer).OrderBy(customer => customer.Key).Select(customer =>
            {
                var days = customer.GroupBy(purchase => purchase.Day)
                    .OrderBy(day => day.Key)
                    .Select(day => (Day: day.Key, Dollars: day.Sum(purchase => purchase.Dollars)))
                    .ToArray();
                var calibration = days.Where(day => day.Day <= CalibrationEnd).ToArray();
                var first = calibration[0].Day;
                return new CdnowCustomer(
                    new PurchaseHistory(
                        calibration.Length - 1, (calibration[^1].Day - first) / DaysPerWeek, (CalibrationEnd - first) / DaysPerWeek),
                    days.Length - calibration.Length,
                    calibration.Length > 1 ? calibration.Skip(1).Average(day => day.Dollars) : 0,
                    (first - Start) / DaysPerWeek,
                    [.. days.Skip(1).Select(day => (day.Day - Start) / DaysPerWeek)]);
            }),
        ]);
    }
}

/// <param name="History">Of the calibration period, in weeks.</param>
/// <param name="HoldoutPurchases">Days with a purchase in the holdout period.</param>
/// <param name="MeanRepeatSpend">Of the calibration period's repeat purchases, in dollars; 0 without one.</param>
/// <param name="FirstWeek">Time of the first purchase, in weeks from 1997-01-01.</param>
/// <param name="RepeatWeeks">Times of all repeat purchases.</param>
internal sealed record CdnowCustomer(
    PurchaseHistory History,
    int HoldoutPurchases,
    double MeanRepeatSpend,
    double FirstWeek,
    IReadOnlyList<double> RepeatWeeks)
{
    public SpendHistory Spend =>
        History.Frequency > 0 ? new SpendHistory(History.Frequency, MeanRepeatSpend) : SpendHistory.Unknown;
}
