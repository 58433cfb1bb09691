using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifetimes;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>Puts what the lifetime models expect of each customer in the place of what he brought.</summary>
internal static class ExpectedValue
{
    public static async Task<CustomerSales> OfAsync(CustomerSales sales, CancellationToken cancellationToken)
    {
        await using var activity = await CustomerActivity.GatherAsync(sales.Connection, sales.Options.AsOf, cancellationToken);
        await using var lifetimes = await LifetimeAnalysis.RunAsync(activity, new LifetimeOptions(sales.Options.AsOf), cancellationToken);
        await lifetimes.StoreAsync(cancellationToken);
        await sales.Connection.ExecuteAsync(SqlFile.Read(typeof(ExpectedValue), "ValueTiers/expected_value.sql"), cancellationToken);
        return await sales.RecountedAsync(
            lifetimes.Result.Value is null
                ? [.. lifetimes.Result.Notes, "Nothing can be expected of the customers, so that all have the value zero."]
                : lifetimes.Result.Notes,
            cancellationToken);
    }
}
