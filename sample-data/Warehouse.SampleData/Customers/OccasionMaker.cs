using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Stores;

namespace Warehouse.SampleData.Customers;

/// <summary>Draws where a customer buys at a moment, and for how much.</summary>
internal sealed class OccasionMaker(TradingClock clock, StoreList stores)
{
    public Occasion Draw(double at, Traits customer, Rng rng)
    {
        var time = PurchaseTime.Of(customer, clock, at);
        var isShop = customer.Shopping switch
        {
            Shopping.ShopsOnly => true,
            Shopping.WebOnly => false,
            _ => OpeningHours.ShopIsOpen(time.DayNumber, time.SecondOfDay) && !rng.Chance(customer.WebShare),
        };
        var store = isShop ? stores.ShopOn(time.DayNumber, customer.HomeStore) : stores.WebFor(customer.HomeStore);
        var channel = isShop ? OrderChannel.Shop
            : customer.UsesApp && rng.Chance(0.6) ? OrderChannel.App
            : OrderChannel.Web;
        return new Occasion(at, time, store, channel, Pounds: rng.Gamma(Population.SpendP) / customer.SpendRate, Wave: null, IsOwn: true);
    }
}
