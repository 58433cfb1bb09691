using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Analysis.Populations;

/// <summary>
/// Each customer's sales in the window, gathered by one scan of the facts into <c>temp.customer_sales</c> of a
/// connection, for as long as this lives. RFM and value tiers of one date can share it.
/// </summary>
public sealed class CustomerSales : IAsyncDisposable
{
    private CustomerSales(DbConnection connection, PopulationOptions options, int generation, Population population, IReadOnlyList<string> notes) =>
        (Connection, Options, Generation, Population, Notes) = (connection, options, generation, population, notes);

    /// <summary>What was gathered.</summary>
    public PopulationOptions Options { get; }

    /// <summary>The generation of the warehouse that it was gathered from.</summary>
    public int Generation { get; }

    /// <summary>The customers, and what is left out.</summary>
    public Population Population { get; }

    /// <summary>What a reader should know of the population, in words; why it is empty where it is.</summary>
    public IReadOnlyList<string> Notes { get; }

    internal DbConnection Connection { get; }

    internal static string Sql => CustomerHistory.Asking(OfHistory);

    private static string OfHistory => SqlFile.Read(typeof(CustomerSales), "Populations/customer_sales.sql");

    /// <summary>Gathers the sales. A gathering before it on the same connection is replaced.</summary>
    /// <exception cref="Definitions.WrongCommandException">The window begins after the as-of date.</exception>
    public static async Task<CustomerSales> GatherAsync(
        DbConnection connection, PopulationOptions options, CancellationToken cancellationToken)
    {
        var window = new SalesWindow(options);
        while (true)
        {
            var before = await Store.Generation.CurrentAsync(connection, cancellationToken);
            await window.GatherAsync(connection, Sql, cancellationToken);
            var (population, notes) = await window.CountAsync(connection, cancellationToken);
            var after = await Store.Generation.CurrentAsync(connection, cancellationToken);
            if (before.Number == after.Number)
            {
                return new CustomerSales(connection, options, after.Number, population, notes);
            }
        }
    }

    /// <summary>Gathers the sales from what was read already.</summary>
    internal static async Task<CustomerSales> GatherAsync(CustomerHistory history, CancellationToken cancellationToken)
    {
        var window = new SalesWindow(history.Options);
        await window.GatherAsync(history.Connection, OfHistory, cancellationToken);
        var (population, notes) = await window.CountAsync(history.Connection, cancellationToken);
        return new CustomerSales(history.Connection, history.Options, history.Generation, population, notes);
    }

    /// <summary>The same customers after their values were changed in <c>temp.customer_sales</c>.</summary>
    internal async Task<CustomerSales> RecountedAsync(IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        var (population, own) = await new SalesWindow(Options).CountAsync(Connection, cancellationToken);
        return new CustomerSales(Connection, Options, Generation, population, [.. own, .. notes]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await Connection.ExecuteAsync("DROP TABLE IF EXISTS temp.customer_sales", CancellationToken.None);
}
