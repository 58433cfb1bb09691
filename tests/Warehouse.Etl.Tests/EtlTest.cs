using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests;

/// <summary>A warehouse of its own for one test, with feeds and files written where the test needs them.</summary>
public abstract class EtlTest : IAsyncLifetime
{
    /// <summary>Order lines with every column that a test may want, none of them but the needed ones required in the file.</summary>
    protected const string SaleFeed =
        """
        source: {files: "data/sales*.csv"}
        identity: shop
        into: sale
        columns: {order_id: order, line_id: line, ordered_at: at, customer: customer, product: product, quantity: quantity, unit_price: price}
        """;

    protected const string SaleHeader = "order,line,at,customer,product,quantity,price\n";

    private FreshWarehouse? _warehouse;

    protected FreshWarehouse Warehouse => _warehouse ?? throw new InvalidOperationException("The test has not begun.");

    protected FixedTime Time { get; } = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>What <c>warehouse.yaml</c> says beyond the name, the currency and the calendar.</summary>
    protected virtual string Definition => "";

    public async Task InitializeAsync() => _warehouse = await FreshWarehouse.CreateAsync(
        Time, "name: test\ncurrency: GBP\ncalendar: {from: 2000-01-01, to: 2040-01-01}\nlimits: {threads: 2}\n" + Definition);

    public Task DisposeAsync() => Warehouse.DisposeAsync().AsTask();

    protected void Feed(string name, string yaml) => Warehouse.Folder.Write($"feeds/{name}.yaml", yaml);

    protected string Data(string name, string text) => Warehouse.Folder.Write($"data/{name}", text);

    /// <summary>Loads all feeds, or those named.</summary>
    protected Task<LoadReport> LoadAsync(params string[] feeds) => LoadFileAsync(null, feeds);

    protected Task<LoadReport> LoadFileAsync(string? file, params string[] feeds) =>
        new Loader(Warehouse.Database, Time).LoadAsync(
            FeedCatalogue.Choose(FeedCatalogue.Read(Warehouse.Workspace), feeds), file, null, CancellationToken.None);

    /// <summary>What loading all feeds would do.</summary>
    protected Task<LoadReport> TryAsync() =>
        new Loader(Warehouse.Database, Time).TryAsync(FeedCatalogue.Read(Warehouse.Workspace), null, null, CancellationToken.None);

    protected Task<IReadOnlyList<string>> RowsAsync(string sql) => Warehouse.RowsAsync(sql);

    protected async Task<string> RowAsync(string sql) => Assert.Single(await RowsAsync(sql));

    /// <summary>The rejects as « line rule column: reason », by line.</summary>
    protected Task<IReadOnlyList<string>> RejectsAsync() => RowsAsync(
        "SELECT source_line || ' ' || rule || coalesce(' ' || column_name, '') || ': ' || reason FROM quality.reject ORDER BY source, source_line");
}
