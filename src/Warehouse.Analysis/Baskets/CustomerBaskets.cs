using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Baskets;

/// <summary>
/// The baskets of a window, gathered by one scan of the facts into <c>temp.basket_item</c> of a connection, for as long as this
/// lives. Rules, recommendations and next purchases of one date share it.
/// </summary>
public sealed class CustomerBaskets : IAsyncDisposable
{
    private CustomerBaskets(DbConnection connection, BasketOptions options, int generation, (long Baskets, long Items, long Customers) count) =>
        (Connection, Options, Generation, Baskets, Items, Customers) = (connection, options, generation, count.Baskets, count.Items, count.Customers);

    /// <summary>What was gathered.</summary>
    public BasketOptions Options { get; }

    /// <summary>The generation of the warehouse that it was gathered from.</summary>
    public int Generation { get; }

    /// <summary>How many baskets there are.</summary>
    public long Baskets { get; }

    /// <summary>How many items are in them.</summary>
    public long Items { get; }

    /// <summary>How many known customers they are of.</summary>
    public long Customers { get; }

    /// <summary>SHA-256, in hexadecimal, of the options but the date, and of the SQL.</summary>
    public string Definition => DefinitionHash.Of("baskets", Options.Canonical, Asking("basket_item"), Sql("item_neighbour"), Sql("next_purchase"));

    internal DbConnection Connection { get; }

    /// <summary>Gathers them. A gathering before it on the same connection is replaced.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static Task<CustomerBaskets> GatherAsync(DbConnection connection, BasketOptions options, CancellationToken cancellationToken) =>
        GatherAsync(connection, options, Asking("basket_item"), cancellationToken);

    /// <summary>Gathers who bought what and when last, without baskets: all that recommendations need.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static Task<CustomerBaskets> GatherItemsAsync(DbConnection connection, BasketOptions options, CancellationToken cancellationToken) =>
        GatherAsync(connection, options, Asking("customer_item"), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Connection.ExecuteAsync(
        "DROP TABLE IF EXISTS temp.basket_item; DROP TABLE IF EXISTS temp.item_neighbour; DROP TABLE IF EXISTS temp.next_purchase",
        CancellationToken.None);

    internal static string Sql(string name) => SqlFile.Read(typeof(CustomerBaskets), $"Baskets/{name}.sql");

    private static string Asking(string name) => $"{Sql("item_sale")};\n\n{Sql(name)};\n\nDROP MACRO TABLE temp.item_sale";

    private static async Task<CustomerBaskets> GatherAsync(
        DbConnection connection, BasketOptions options, string sql, CancellationToken cancellationToken)
    {
        options.Require();
        var first = options.Window.FirstDate(options.AsOf.Date);
        while (true)
        {
            var before = await Store.Generation.CurrentAsync(connection, cancellationToken);
            await connection.ExecuteAsync(
                sql,
                cancellationToken,
                ("by", options.By),
                ("first_date", first),
                ("as_of", options.AsOf.Date),
                ("ends_at", options.AsOf.End),
                ("known_before", options.AsOf.KnownBefore));
            var count = await connection.RowsAsync(
                Sql("basket_count"), row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken);
            var after = await Store.Generation.CurrentAsync(connection, cancellationToken);
            if (before.Number == after.Number)
            {
                return new CustomerBaskets(connection, options, after.Number, count[0]);
            }
        }
    }
}
