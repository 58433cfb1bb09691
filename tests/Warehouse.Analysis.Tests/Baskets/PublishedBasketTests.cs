using System.Globalization;
using Warehouse.Analysis.Baskets;

namespace Warehouse.Analysis.Tests.Baskets;

/// <summary>Small baskets of other works, with the measures that these print.</summary>
public sealed class PublishedBasketTests
{
    private static readonly string[][] Mlxtend =
    [
        ["Milk", "Onion", "Nutmeg", "Kidney Beans", "Eggs", "Yogurt"],
        ["Dill", "Onion", "Nutmeg", "Kidney Beans", "Eggs", "Yogurt"],
        ["Milk", "Apple", "Kidney Beans", "Eggs"],
        ["Milk", "Unicorn", "Corn", "Kidney Beans", "Yogurt"],
        ["Corn", "Onion", "Onion", "Kidney Beans", "Ice cream", "Eggs"],
    ];

    /// <summary>The beer and diapers of Tan, Steinbach and Kumar, Introduction to Data Mining, table 6.1.</summary>
    private static readonly string[][] Tan =
    [
        ["Bread", "Milk"],
        ["Bread", "Diapers", "Beer", "Eggs"],
        ["Milk", "Diapers", "Beer", "Cola"],
        ["Bread", "Milk", "Diapers", "Beer"],
        ["Bread", "Milk", "Diapers", "Cola"],
    ];

    [Fact]
    public async Task SetsWithSupportOfSixtyPercent_AreTheElevenOfTheUserGuideOfMlxtend()
    {
        var result = await AskAsync(Mlxtend, .6, .7);

        Assert.Equal(
            [
                "1 Kidney Beans", "0.8 Eggs", "0.8 Eggs, Kidney Beans", "0.6 Eggs, Kidney Beans, Onion", "0.6 Eggs, Onion", "0.6 Kidney Beans, Milk",
                "0.6 Kidney Beans, Onion", "0.6 Kidney Beans, Yogurt", "0.6 Milk", "0.6 Onion", "0.6 Yogurt",
            ],
            result.Sets.OrderByDescending(set => set.Support).ThenBy(Names, StringComparer.Ordinal)
                .Select(set => string.Create(CultureInfo.InvariantCulture, $"{set.Support} {Names(set)}")));
    }

    [Theory]
    [InlineData("Onion", "Eggs", .6, 1, 1.25, .12, null)]
    [InlineData("Eggs", "Onion", .6, .75, 1.25, .12, 1.6)]
    [InlineData("Kidney Beans, Onion", "Eggs", .6, 1, 1.25, .12, null)]
    [InlineData("Eggs, Kidney Beans", "Onion", .6, .75, 1.25, .12, 1.6)]
    [InlineData("Eggs", "Kidney Beans", .8, 1, 1, 0, null)]
    [InlineData("Kidney Beans", "Eggs", .8, .8, 1, 0, 1.0)]
    public async Task Rule_HasTheMeasuresOfTheUserGuideOfMlxtend(
        string when, string then, double support, double confidence, double lift, double leverage, double? conviction) =>
        AssertRule(await AskAsync(Mlxtend, .6, .7), when, then, support, confidence, lift, leverage, conviction);

    /// <summary>Support .4 and confidence .67 are printed in section 6.1 of the book; 2/3 and lift 10/9 are what they round.</summary>
    [Fact]
    public async Task MilkAndDiapers_ThenBeer_HasTheSupportAndConfidenceOfTan() =>
        AssertRule(await AskAsync(Tan, .4, .6), "Diapers, Milk", "Beer", .4, 2 / 3d, 10 / 9d, .04, 1.2);

    /// <summary>.07 of a hundred is 7.000000000000001 in binary.</summary>
    [Fact]
    public async Task SupportOfSevenPercentOfAHundredBaskets_IsSevenBaskets() =>
        Assert.Equal(7, (await AskAsync([.. Enumerable.Repeat(new[] { "A" }, 100)], .07, .1)).Least);

    private static void AssertRule(
        BasketResult result, string when, string then, double support, double confidence, double lift, double leverage, double? conviction)
    {
        var rule = Assert.Single(result.Rules, rule => string.Join(", ", rule.If.Select(item => item.Id)) == when && rule.Then.Id == then);
        Assert.Equal(support, rule.Support, 12);
        Assert.Equal(confidence, rule.Confidence, 12);
        Assert.Equal(lift, rule.Lift, 12);
        Assert.Equal(leverage, rule.Leverage, 12);
        Assert.Equal(conviction is null, rule.Conviction is null);
        Assert.Equal(conviction ?? 0, rule.Conviction ?? 0, 12);
    }

    private static string Names(ItemSet set) => string.Join(", ", set.Items.Select(item => item.Id));

    private static async Task<BasketResult> AskAsync(string[][] baskets, double support, double confidence)
    {
        var names = baskets.SelectMany(basket => basket).Distinct(StringComparer.Ordinal).ToList();
        await using var warehouse = await ShopOfItems.OfAsync(
        [
            .. baskets.SelectMany((basket, number) => basket.Select(item => new ItemLine(
                number, ShopOfItems.Date.Date, number.ToString(CultureInfo.InvariantCulture), names.IndexOf(item)))),
        ]);
        await warehouse.RunAsync("UPDATE star.dim_product SET name = NULL");
        foreach (var (place, name) in names.Index())
        {
            await warehouse.RunAsync("UPDATE star.dim_product SET product_id = $name WHERE product_key = $key", ("name", name), ("key", place));
        }

        return await ShopOfItems.AskAsync(
            warehouse,
            new BasketOptions(ShopOfItems.Date) { Support = support, Confidence = confidence, FalseDiscoveries = 1 },
            asked => BasketAnalysis.RunAsync(asked, default));
    }
}
