using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Analysis.Populations;
using Warehouse.Models.Lifetime;

namespace Warehouse.Analysis.Tests.Lifetimes;

/// <summary>CDNOW, loaded as order lines: histories come from SQL, and the published values from them.</summary>
public sealed class PublishedLifetimeTests
{
    [SkippableFact]
    public async Task CdnowSample_HoldoutOfWeeks40To78_IsThePublishedOne()
    {
        await using var warehouse = await PublishedSales.CdnowSampleAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var asOf = AsOf.EndOf(new DateOnly(1998, 6, 30), TimeZoneInfo.Utc);
        await using var activity = await CustomerActivity.GatherAsync(connection, asOf, default);

        await using var lifetimes = await LifetimeAnalysis.RunAsync(activity, new LifetimeOptions(asOf) { HoldoutWeeks = 39 }, default);

        var choice = lifetimes.Result.Choice!;
        var bgNbd = choice.Candidates.Single(candidate => candidate.Fit.Kind == LifetimeModelKind.BgNbd);
        Assert.Equal([.243, 4.41, .793, 2.43], bgNbd.Fit.Parameters.Values.Select(value => Rounded(value)));
        Assert.Equal(-9582.43, bgNbd.Fit.LogLikelihood!.Value, tolerance: .03);
        Assert.Equal(1882, bgNbd.Holdout!.Actual);
        Assert.Equal(1653.4, bgNbd.Holdout.Predicted, tolerance: .5);
        Assert.Equal(.7855, bgNbd.Holdout.MeanAbsoluteError, tolerance: .0005);
        Assert.Equal(choice.Chosen!.Fit.Kind, lifetimes.Result.Purchases!.Kind);
        Assert.Equal(2357, lifetimes.Result.Customers);
    }

    [SkippableFact]
    public async Task CdnowSample_TrackingEndsAtThePurchasesThatHappened()
    {
        await using var warehouse = await PublishedSales.CdnowSampleAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var asOf = AsOf.EndOf(new DateOnly(1998, 6, 30), TimeZoneInfo.Utc);
        await using var activity = await CustomerActivity.GatherAsync(connection, asOf, default);

        await using var lifetimes = await LifetimeAnalysis.RunAsync(activity, new LifetimeOptions(asOf) { HoldoutWeeks = 39 }, default);

        var last = lifetimes.Result.Tracking[^1];
        Assert.Equal(4339, last.Actual);
        Assert.InRange(last.Expected, 4339 * .9, 4339 * 1.1);
        Assert.Equal(lifetimes.Result.Tracking.Select(point => point.Expected).Order(), lifetimes.Result.Tracking.Select(point => point.Expected));
    }

    [SkippableFact]
    public async Task AsOfThirtyNineWeeks_EqualsThePublishedFit_AndLaterPurchasesChangeNothing()
    {
        await using var warehouse = await PublishedSales.CdnowSampleAsync();
        var asOf = AsOf.EndOf(new DateOnly(1997, 9, 30), TimeZoneInfo.Utc);
        var options = new LifetimeOptions(asOf) { Model = LifetimeModelKind.BgNbd, HorizonWeeks = 39 };

        var withLater = await FitAsync();
        await warehouse.RunAsync("DELETE FROM star.fact_sale WHERE date_key > DATE '1997-09-30'");
        var alone = await FitAsync();

        Assert.Equal(-9582.43, alone.Result.Purchases!.LogLikelihood!.Value, tolerance: .03);
        Assert.Equal([6.25, 3.74, 15.4], alone.Result.Spend!.Parameters.Values.Select(value => Rounded(value)));
        Assert.Equal(946, alone.Result.Spend.Customers);
        Assert.Equal(alone.Customers, withLater.Customers);
        Assert.Equal(1653.4, alone.Result.ExpectedPurchases!.Value, tolerance: .5);
        Assert.All(alone.Customers, one =>
        {
            Assert.Equal(one.Frequency == 0, one.ProbabilityAlive is null);
            Assert.InRange(one.Purchases.Expected, one.Purchases.Low!.Value, one.Purchases.High!.Value);
            Assert.InRange(one.Value!.Expected, one.Value.Low!.Value, one.Value.High!.Value);
        });

        async Task<(LifetimeResult Result, List<LifetimeCustomer> Customers)> FitAsync()
        {
            await using var connection = await warehouse.Database.ConnectAsync(default);
            await using var activity = await CustomerActivity.GatherAsync(connection, asOf, default);
            await using var lifetimes = await LifetimeAnalysis.RunAsync(activity, options, default);
            return (lifetimes.Result, [.. lifetimes.Customers()]);
        }
    }

    private static double Rounded(double value) => double.Parse(value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
