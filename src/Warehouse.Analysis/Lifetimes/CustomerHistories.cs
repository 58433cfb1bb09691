using System.Data.Common;
using Warehouse.Analysis.Activity;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Store;

namespace Warehouse.Analysis.Lifetimes;

/// <summary>The histories of all customers with a purchase, by their keys.</summary>
internal sealed record CustomerHistories(int[] Keys, string[] Ids, PurchaseHistory[] Purchases, SpendHistory[] Spend)
{
    internal static string Sql => SqlFile.Read(typeof(CustomerHistories), "Lifetimes/purchase.sql") + SqlFile.Read(typeof(CustomerHistories), "Lifetimes/history.sql");

    /// <summary>Gathers <c>temp.purchase</c>, and reads the histories at the as-of date from it.</summary>
    public static async Task<CustomerHistories> ReadAsync(CustomerActivity activity, CancellationToken cancellationToken)
    {
        await activity.Connection.ExecuteAsync(
            SqlFile.Read(typeof(CustomerHistories), "Lifetimes/purchase.sql"),
            cancellationToken,
            ("as_of", activity.AsOf.Date),
            ("known_before", activity.AsOf.KnownBefore));
        var rows = await activity.Connection.RowsAsync(
            SqlFile.Read(typeof(CustomerHistories), "Lifetimes/history.sql"),
            row =>
            {
                var history = History(row, 1);
                var spend = row.ValueOrNull<double>(4) is { } mean ? new SpendHistory(history.Frequency, mean) : SpendHistory.Unknown;
                return (Key: row.GetInt32(0), History: history, Spend: spend, Id: row.GetString(5));
            },
            cancellationToken,
            ("ends_at", activity.AsOf.End));
        return new CustomerHistories(
            [.. rows.Select(row => row.Key)], [.. rows.Select(row => row.Id)], [.. rows.Select(row => row.History)], [.. rows.Select(row => row.Spend)]);
    }

    /// <summary>The histories at a cut, and what each customer bought from then to the as-of date.</summary>
    public static async Task<(PurchaseHistory[] Calibration, int[] Actual)> ReadHoldoutAsync(
        CustomerActivity activity, DateTimeOffset cut, CancellationToken cancellationToken)
    {
        var rows = await activity.Connection.RowsAsync(
            SqlFile.Read(typeof(CustomerHistories), "Lifetimes/holdout.sql"),
            row => (History: History(row, 0), Actual: (int)row.GetInt64(3)),
            cancellationToken,
            ("cut", cut));
        return ([.. rows.Select(row => row.History)], [.. rows.Select(row => row.Actual)]);
    }

    /// <summary>The customers whose repeat purchases tell what they spend.</summary>
    public SpendStatistics SpendOfRepeaters()
    {
        var known = Spend.Where(spend => spend.Purchases > 0).ToArray();
        return SpendStatistics.Of([.. known.Select(spend => (double)spend.Purchases)], [.. known.Select(spend => spend.MeanSpend)]);
    }

    private static PurchaseHistory History(DbDataReader row, int first)
    {
        var (recency, age) = (row.GetDouble(first + 1), row.GetDouble(first + 2));
        return new PurchaseHistory((int)row.GetInt64(first), Math.Min(recency, age), age);
    }
}
