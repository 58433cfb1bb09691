using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Activity;

/// <summary>
/// What every known customer did until a date, gathered by one scan of the facts into <c>temp.customer_activity</c> of a
/// connection, for as long as this lives. Lifetime models, lifecycle stages and snapshots share it.
/// </summary>
public sealed class CustomerActivity : IAsyncDisposable
{
    /// <summary>Spend of late is that of so many days, spend before that of as many days before them.</summary>
    public const int TrendDays = 182;

    private CustomerActivity(DbConnection connection, AsOf asOf, int generation) =>
        (Connection, AsOf, Generation) = (connection, asOf, generation);

    /// <summary>The date that it holds for.</summary>
    public AsOf AsOf { get; }

    /// <summary>The generation of the warehouse that it was gathered from.</summary>
    public int Generation { get; }

    internal DbConnection Connection { get; }

    internal static string Sql => CustomerHistory.Asking(OfHistory);

    private static string OfHistory => SqlFile.Read(typeof(CustomerActivity), "Activity/customer_activity.sql");

    /// <summary>Gathers it. A gathering before it on the same connection is replaced.</summary>
    public static async Task<CustomerActivity> GatherAsync(DbConnection connection, AsOf asOf, CancellationToken cancellationToken)
    {
        while (true)
        {
            var before = await Store.Generation.CurrentAsync(connection, cancellationToken);
            await GatherAsync(connection, Sql, asOf, cancellationToken);
            var after = await Store.Generation.CurrentAsync(connection, cancellationToken);
            if (before.Number == after.Number)
            {
                return new CustomerActivity(connection, asOf, after.Number);
            }
        }
    }

    /// <summary>Gathers that of one customer alone, who has a rhythm by what is usual of all.</summary>
    internal static async Task<CustomerActivity> GatherOneAsync(
        DbConnection connection, AsOf asOf, int generation, int customerKey, double usualDays, CancellationToken cancellationToken)
    {
        await GatherAsync(connection, Sql, asOf, cancellationToken, customerKey, usualDays);
        return new CustomerActivity(connection, asOf, generation);
    }

    /// <summary>Days between purchases, as is usual of all customers until a date.</summary>
    internal static async Task<double> UsualDaysAsync(DbConnection connection, AsOf asOf, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            CustomerHistory.Asking(SqlFile.Read(typeof(CustomerActivity), "Activity/usual_rhythm.sql")),
            cancellationToken,
            ("as_of", asOf.Date),
            ("known_before", asOf.KnownBefore));
        var days = await connection.ScalarAsync<double>("SELECT days FROM temp.usual_rhythm", cancellationToken);
        await connection.ExecuteAsync("DROP TABLE temp.usual_rhythm", CancellationToken.None);
        return days;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await Connection.ExecuteAsync("DROP TABLE IF EXISTS temp.customer_activity", CancellationToken.None);

    /// <summary>Gathers it from what was read already.</summary>
    internal static async Task<CustomerActivity> GatherAsync(CustomerHistory history, CancellationToken cancellationToken)
    {
        await GatherAsync(history.Connection, OfHistory, history.Options.AsOf, cancellationToken);
        return new CustomerActivity(history.Connection, history.Options.AsOf, history.Generation);
    }

    /// <summary>The days after which spend is recent, and after which it is that before, as the SQL names them.</summary>
    internal static (string Name, object? Value)[] TrendValues(AsOf asOf) =>
        [("recent_after", Earlier(asOf.Date, TrendDays)), ("previous_after", Earlier(asOf.Date, 2 * TrendDays))];

    private static Task<int> GatherAsync(DbConnection connection, string sql, AsOf asOf, CancellationToken cancellationToken, int? ofCustomer = null, double? usualDays = null) =>
        connection.ExecuteAsync(
            sql,
            cancellationToken,
            [
                ("as_of", asOf.Date), ("ends_at", asOf.End), ("known_before", asOf.KnownBefore), .. TrendValues(asOf),
                ("of_customer", ofCustomer), ("usual_days", usualDays),
            ]);

    private static DateOnly Earlier(DateOnly date, int days) => DateOnly.FromDayNumber(Math.Max(0, date.DayNumber - days));
}
