using System.Data.Common;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Baskets;
using Warehouse.Analysis.Lifecycle;
using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Analysis.Customers;

/// <summary>Puts together all that is known of one customer.</summary>
public static class CustomerViews
{
    private static readonly string[] Parts = ["profile", "orders", "snapshots", "cases", "campaigns"];
    private const int MostOrders = 10;
    private const int MostContacts = 5;
    private const int MostRecommendations = 5;

    /// <summary>The customer of an identifier: the company's own, or that of a source (account, card, e-mail address).</summary>
    /// <param name="connection">The warehouse.</param>
    /// <param name="id">The identifier.</param>
    /// <param name="asOf">The date that the view is given for.</param>
    /// <param name="stages">The rules of stages.</param>
    /// <param name="kept">What is known of all customers already; what had to be read is added.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">There is no such customer, or several share the identifier.</exception>
    public static async Task<CustomerView> ShowAsync(
        DbConnection connection, string id, AsOf asOf, StageMap stages, KeptPopulation kept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(kept);
        while (true)
        {
            var before = await Generation.CurrentAsync(connection, cancellationToken);
            var known = kept.Find(before.Number, asOf);
            var (view, figures) = await ViewAsync(connection, before.Number, id, asOf, stages, known, cancellationToken);
            var after = await Generation.CurrentAsync(connection, cancellationToken);
            if (before.Number == after.Number)
            {
                kept.Keep(after.Number, asOf, figures);
                return view;
            }
        }
    }

    private static async Task<(CustomerView View, PopulationFigures Figures)> ViewAsync(
        DbConnection connection, int generation, string id, AsOf asOf, StageMap stages, PopulationFigures? known, CancellationToken cancellationToken)
    {
        var key = await FindAsync(connection, id, cancellationToken);
        var usualDays = known?.UsualDays ?? await CustomerActivity.UsualDaysAsync(connection, asOf, cancellationToken);
        await using var activity = await CustomerActivity.GatherOneAsync(connection, asOf, generation, key, usualDays, cancellationToken);
        await using var staged = await CustomerStages.ComputeAsync(activity, stages, cancellationToken);
        var stage = await staged.CustomersAsync(cancellationToken).SingleOrDefaultAsync(cancellationToken);
        var (recommended, sizes) = await Recommendations.SizedForAsync(
            connection, new BasketOptions(asOf), key, MostRecommendations, known?.Sizes, cancellationToken);
        (string, object?)[] values = [("key", key), ("as_of", asOf.Date), ("known_before", asOf.KnownBefore)];
        var orders = await connection.RowsAsync(
            Sql("orders"),
            row => new CustomerOrder(row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt64(2), row.GetInt64(3), row.GetDecimal(4)),
            cancellationToken,
            values);
        var cases = await connection.RowsAsync(
            Sql("cases"),
            row => new CustomerCase(
                row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4), row.ValueOrNull<sbyte>(5)),
            cancellationToken,
            [.. values, ("ends_at", asOf.End)]);
        var view = new CustomerView(
            generation,
            asOf.Date,
            DefinitionHash.Of(["customer", staged.Result.Definition, Recommendations.NeighbourSql, .. Parts.Select(Sql)]),
            $"one customer, {asOf}; profile as known now; amounts are net, returns taken off; stage by rules of {stages.Name}; scores as stored in snapshots; recommended is what those bought who share purchases",
            key,
            (await connection.RowsAsync(Sql("profile"), row => Profile(row, asOf), cancellationToken, ("key", key)))[0],
            stage?.Stage,
            stage?.Reason.ToString(),
            orders.Count,
            orders.Sum(order => order.Amount),
            [
                .. orders.GroupBy(order => new DateOnly(order.BoughtOn.Year, order.BoughtOn.Month, 1))
                    .OrderBy(month => month.Key)
                    .Select(month => new CustomerMonth(month.Key, month.Count(), month.Sum(order => order.Amount))),
            ],
            [.. orders.Take(MostOrders)],
            await connection.RowsAsync(Sql("snapshots"), Scores, cancellationToken, ("key", key), ("as_of", asOf.Date)),
            [.. cases.Where(one => !one.IsResolved)],
            [.. cases.Where(one => one.IsResolved).Take(MostContacts)],
            await connection.RowsAsync(
                Sql("campaigns"),
                row => new CustomerWave(
                    row.GetString(0), row.GetInt32(1), row.TextOrNull(2), row.GetFieldValue<DateOnly>(3), row.GetString(4), row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7)),
                cancellationToken,
                values),
            recommended);
        return (view, new PopulationFigures(usualDays, sizes));
    }

    /// <summary>The key of the person of an identifier: the company's own, or that of a source (account, card, e-mail address).</summary>
    /// <exception cref="WrongCommandException">There is no such customer, or several share the identifier.</exception>
    public static async Task<int> FindAsync(DbConnection connection, string id, CancellationToken cancellationToken)
    {
        var found = await connection.RowsAsync(Sql("find"), row => row.GetInt32(0), cancellationToken, ("id", id));
        if (found.Count == 1)
        {
            return found[0];
        }

        if (found.Count > 1)
        {
            throw new WrongCommandException(FormattableString.Invariant($"{found.Count} customers have the identifier \"{id}\": name one by his own."));
        }

        var near = await connection.RowsAsync(Sql("near"), row => row.GetString(0), cancellationToken, ("id", id));
        throw new WrongCommandException(near.Count == 0
            ? $"There is no customer \"{id}\"."
            : $"There is no customer \"{id}\". {NearNames.Hint(id, near, "customers")}");
    }

    private static CustomerProfile Profile(DbDataReader row, AsOf asOf)
    {
        var confirmed = row.ValueOrNull<DateOnly>(9);
        return new CustomerProfile(
            row.GetString(0),
            row.ValueOrNull<short>(1),
            row.TextOrNull(2),
            row.TextOrNull(3),
            row.TextOrNull(4),
            row.TextOrNull(5),
            row.TextOrNull(6),
            row.TextOrNull(7),
            row.ValueOrNull<DateOnly>(8),
            confirmed,
            confirmed is { } date ? asOf.Date.DayNumber - date.DayNumber : null,
            row.GetInt64(10),
            row.GetBoolean(11));
    }

    private static CustomerScores Scores(DbDataReader row) => new(
        row.GetFieldValue<DateOnly>(0),
        row.ValueOrNull<sbyte>(1),
        row.ValueOrNull<sbyte>(2),
        row.ValueOrNull<sbyte>(3),
        row.TextOrNull(4),
        row.TextOrNull(5),
        row.TextOrNull(6),
        row.ValueOrNull<double>(7),
        row.ValueOrNull<double>(8),
        row.ValueOrNull<double>(9));

    private static string Sql(string name) => SqlFile.Read(typeof(CustomerViews), $"Customers/{name}.sql");
}
