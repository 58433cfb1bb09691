using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.Stores;

/// <summary>The shops of the retailer and its two web stores, one for each currency. Cities are real, shops are not.</summary>
internal sealed class StoreList
{
    private readonly Odds _homes;
    private readonly Store[] _shops;

    public StoreList(DateOnly from)
    {
        var rows = Rows(from).ToArray();
        All = [.. rows.Select((row, index) => row.Store with { Index = index })];
        _shops = [.. All.Where(store => !store.IsWeb)];
        _homes = new Odds([.. rows.Where(row => !row.Store.IsWeb).Select(row => row.Weight)]);
        WebGb = All.Single(store => store.Code == "W01");
        WebIe = All.Single(store => store.Code == "W02");
    }

    public IReadOnlyList<Store> All { get; }

    public Store WebGb { get; }

    public Store WebIe { get; }

    public Store DrawHome(Rng rng) => _shops[_homes.Draw(rng)];

    /// <summary>Where a customer of a shop buys on a day: there, or in the country's first shop while it is not yet open.</summary>
    public Store ShopOn(int dayNumber, Store home) =>
        home.IsOpenOn(dayNumber) ? home : _shops.First(shop => shop.Country == home.Country);

    public Store WebFor(Store home) => home.IsEuro ? WebIe : WebGb;

    private static IEnumerable<(Store Store, double Weight)> Rows(DateOnly from)
    {
        (string City, string Quarter, string Region, string Country, string Format, double Weight, int Opened)[] shops =
        [
            ("London", "Rosewood Arcade", "London", "GB", "flagship", 10, 1998),
            ("Dublin", "Dún Laoghaire", "Leinster", "IE", "flagship", 5, 2006),
            ("London", "Café Quarter", "London", "GB", "high street", 6, 2001),
            ("London", "Foundry Yard", "London", "GB", "outlet", 4, 2012),
            ("Manchester", "Weavers’ Hall", "North West", "GB", "flagship", 7, 2000),
            ("Manchester", "Millgate", "North West", "GB", "retail park", 4, 2009),
            ("Liverpool", "Saltmarket", "North West", "GB", "high street", 4, 2004),
            ("Leeds", "Tanner’s Row", "Yorkshire", "GB", "high street", 5, 2002),
            ("Sheffield", "Cutler Green", "Yorkshire", "GB", "retail park", 3, 2010),
            ("York", "Lantern Gate", "Yorkshire", "GB", "high street", 2, 2015),
            ("Newcastle", "Quayworks", "North East", "GB", "high street", 4, 2005),
            ("Birmingham", "Jewel Court", "West Midlands", "GB", "flagship", 6, 1999),
            ("Coventry", "Ribbon Lane", "West Midlands", "GB", "retail park", 2, 2013),
            ("Nottingham", "Lacemill", "East Midlands", "GB", "high street", 3, 2007),
            ("Leicester", "Clockhouse", "East Midlands", "GB", "high street", 2, 2011),
            ("Bristol", "Harbour – Shed 4", "South West", "GB", "flagship", 5, 2003),
            ("Exeter", "Fountain Yard", "South West", "GB", "high street", 2, 2014),
            ("Southampton", "Mast Street", "South East", "GB", "retail park", 3, 2008),
            ("Brighton", "Pavilion Mews", "South East", "GB", "high street", 3, 2006),
            ("Reading", "Abbey Works", "South East", "GB", "retail park", 3, 2010),
            ("Oxford", "Scholars’ Passage", "South East", "GB", "high street", 2, 2016),
            ("Cambridge", "Mathematical Bridge Place", "East of England", "GB", "high street", 3, 2012),
            ("Norwich", "Dragon Row", "East of England", "GB", "high street", 2, 2017),
            ("Edinburgh", "Lamplighter Close", "Scotland", "GB", "flagship", 4, 2002),
            ("Glasgow", "Merchant Steps", "Scotland", "GB", "high street", 4, 2005),
            ("Cardiff", "Coal Exchange", "Wales", "GB", "high street", 3, 2009),
            ("Swansea", "Copperworks", "Wales", "GB", "retail park", 1, 2018),
            ("Belfast", "Linen Street", "Northern Ireland", "GB", "high street", 2, 2011),
            ("Cork", "Árd Quay", "Munster", "IE", "high street", 2, 2014),
        ];
        var number = 0;
        foreach (var (city, quarter, region, country, format, weight, opened) in shops)
        {
            number++;
            var openedOn = new DateOnly(opened, ((number * 5) % 12) + 1, ((number * 11) % 28) + 1);
            yield return (Shop(number, city, quarter, region, country, format, openedOn), weight);
        }

        yield return (Shop(++number, "Bath", "Crescent £1 Depot", "South West", "GB", "outlet", from.AddDays(290)), 2);
        yield return (Shop(++number, "Aberdeen", "Granite Court", "Scotland", "GB", "retail park", from.AddDays(640)), 1);
        yield return (new Store(0, "W01", "Web store", "London", "Online", "GB", "web", new DateOnly(2008, 3, 3)), 0);
        yield return (new Store(0, "W02", "Web store Ireland", "Dublin", "Online", "IE", "web", new DateOnly(2014, 9, 1)), 0);
    }

    private static Store Shop(
        int number, string city, string quarter, string region, string country, string format, DateOnly openedOn) =>
        new(0, $"S{number:00}", $"{city} {quarter}", city, region, country, format, openedOn);
}
