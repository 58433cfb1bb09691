using Warehouse.SampleData.Calendar;

namespace Warehouse.SampleData.Customers;

/// <summary>When by the wall clock a customer buys who buys at a reading of the trading clock.</summary>
internal static class PurchaseTime
{
    public static LocalTime Of(Traits customer, TradingClock clock, double reading)
    {
        var (day, share) = clock.Locate(reading);
        return LocalTime.At(day, customer.Shopping == Shopping.ShopsOnly
            ? OpeningHours.InShop(day, share)
            : OpeningHours.AnyTime(share));
    }
}
