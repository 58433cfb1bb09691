using System.Globalization;
using Warehouse.SampleData.Assortment;
using Warehouse.SampleData.Blocks;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;

namespace Warehouse.SampleData.Files;

/// <summary>Writes the rows of products, stores, campaigns, rates and holidays.</summary>
internal static class SmallFiles
{
    public static void AppendTo(IReadOnlyList<RowSpill> spills, World world)
    {
        var sets = world.DataSets;
        Append(spills, sets.Products, Products(world.Catalogue));
        Append(spills, sets.Stores, world.Stores.All.Select(store => new[]
        {
            store.Code, store.Name, store.City, store.Region, store.Country, store.Format, Text(store.OpenedOn),
        }));
        Append(spills, sets.Campaigns, world.Waves.Select(Campaign));
        Append(spills, sets.Rates, world.Rates.Published().Select(rate => new[]
        {
            Text(rate.ValidFrom), "EUR", "GBP", Text(rate.PencePerEuro),
        }));
        Append(spills, sets.Holidays, Holidays.Between(world.Options.From, world.Options.To).Select(holiday => new[]
        {
            Text(holiday.Date), holiday.Country, holiday.Name,
        }));
    }

    private static IEnumerable<string[]> Products(Catalogue catalogue)
    {
        foreach (var product in catalogue.Products)
        {
            var last = 0;
            for (var period = 0; period < catalogue.Prices.Periods.Count; period++)
            {
                var start = catalogue.Prices.Periods[period];
                var price = catalogue.Prices.Pence(period, product.Index);
                if (price == last || (product.LaunchedOn > start && period < catalogue.Prices.Periods.Count - 1
                    && product.LaunchedOn >= catalogue.Prices.Periods[period + 1]))
                {
                    continue;
                }

                last = price;
                yield return
                [
                    product.Sku, Text(product.LaunchedOn > start ? product.LaunchedOn : start), product.Name,
                    product.Shelf.Category, product.Shelf.Name, product.Brand,
                    Text((int)Math.Round(price * product.CostShare)), Text(price), Text(product.LaunchedOn),
                    product.Shelf.IsUsedUp ? "yes" : "no",
                ];
            }
        }
    }

    private static string[] Campaign(Wave wave) =>
    [
        wave.Campaign, wave.Number.ToString(CultureInfo.InvariantCulture), wave.Name, Words.Of(wave.Medium),
        Words.Of(wave.Audience), wave.Offer, Text(wave.StartsOn), Text(wave.EndsOn),
        wave.ControlShare.ToString("0.00", CultureInfo.InvariantCulture), Text(wave.CostPence),
    ];

    private static void Append(IReadOnlyList<RowSpill> spills, CsvDataSet dataSet, IEnumerable<string[]> rows)
    {
        var buffer = new CsvBuffer();
        var number = 0;
        foreach (var row in rows)
        {
            var start = buffer.BeginRow();
            foreach (var field in row)
            {
                buffer.Text(field);
            }

            var header = new RowHeader { SortKey = number++, Length = buffer.Length - start };
            spills[dataSet.Number].Append(0, header, buffer.Span(start, header.Length));
        }
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Hundredths, as a number with two decimals.</summary>
    private static string Text(int hundredths) => (hundredths / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
