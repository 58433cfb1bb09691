using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Baskets;

/// <summary>
/// The baskets of a window, gathered by one scan of the facts into <c>temp.basket_item</c> and <c>temp.sold_item</c> of a
/// connection, for as long as this lives. Rules, recommendations and next purchases of one date share it.
/// </summary>
public sealed class CustomerBaskets : IAsyncDisposable
{
    private static readonly string[] Tables = ["basket_item", "sold_item", "item_buyer", "item_size", "item_neighbour", "next_purchase"];

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
    public string Definition => DefinitionHash.Of("baskets", Options.Canonical, Asking("basket_sale", "basket_item"), Recommendations.NeighbourSql, Sql("next_purchase"));

    internal DbConnection Connection { get; }

    /// <summary>Gathers them. A gathering before it on the same connection is replaced.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<CustomerBaskets> GatherAsync(DbConnection connection, BasketOptions options, CancellationToken cancellationToken)
    {
        options.Require();
        var values = Values(options);
        while (true)
        {
            var before = await Store.Generation.CurrentAsync(connection, cancellationToken);
            await connection.ExecuteAsync(Asking("basket_sale", "basket_item"), cancellationToken, values);
            var count = await connection.RowsAsync(
                Sql("basket_count"), row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellationToken);
            var after = await Store.Generation.CurrentAsync(connection, cancellationToken);
            if (before.Number == after.Number)
            {
                return new CustomerBaskets(connection, options, after.Number, count[0]);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ForgetAsync(Connection);

    /// <summary>
    /// Fills <c>temp.basket_item</c> and <c>temp.sold_item</c> with who bought what: of all customers, or of those alone who bought
    /// something that one customer bought.
    /// </summary>
    internal static Task<int> FillItemsAsync(DbConnection connection, BasketOptions options, int? sharedWith, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            Asking(sharedWith is null ? "customer_sale" : "sharer_sale", "customer_item"),
            cancellationToken,
            sharedWith is { } customer ? [.. Values(options), ("of_customer", customer)] : Values(options));

    /// <summary>Drops all that is gathered and made of it.</summary>
    internal static Task<int> ForgetAsync(DbConnection connection) => connection.ExecuteAsync(
        string.Join("; ", Tables.Select(table => $"DROP TABLE IF EXISTS temp.{table}")), CancellationToken.None);

    internal static string Sql(string name) => SqlFile.Read(typeof(CustomerBaskets), $"Baskets/{name}.sql");

    private static string Asking(string sales, string items) => string.Join(
        ";\n\n",
        Sql("item_sale"),
        Sql(sales),
        Sql("sold_item"),
        Sql(items),
        "DROP TABLE temp.product_sale; DROP MACRO TABLE temp.item_sale; DROP MACRO TABLE temp.product_item");

    private static (string Name, object? Value)[] Values(BasketOptions options) =>
    [
        ("by", options.By),
        ("first_date", options.Window.FirstDate(options.AsOf.Date)),
        ("as_of", options.AsOf.Date),
        ("ends_at", options.AsOf.End),
        ("known_before", options.AsOf.KnownBefore),
    ];
}
