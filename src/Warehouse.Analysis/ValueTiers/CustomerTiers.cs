using System.Data.Common;
using System.Runtime.CompilerServices;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>
/// The tier of every customer of a population. SQL on the same connection finds it as <c>temp.customer_tier</c>
/// (customer_key, value, revenue, tier: 1 is the best, name) until this is disposed of, and can store it from there.
/// </summary>
public sealed class CustomerTiers : IAsyncDisposable
{
    private readonly DbConnection _connection;

    private CustomerTiers(DbConnection connection, TierResult result) => (_connection, Result) = (connection, result);

    /// <summary>What they add up to.</summary>
    public TierResult Result { get; }

    /// <summary>Ranks the customers whose sales were gathered.</summary>
    public static async Task<CustomerTiers> ComputeAsync(CustomerSales sales, TierOptions options, CancellationToken cancellationToken)
    {
        var connection = sales.Connection;
        await using var cuts = await TierCuts.FindAsync(sales, options, cancellationToken);
        var notPositive = (await connection.RowsAsync(
            Sql("not_positive"), row => (Customers: row.GetInt64(0), Revenue: row.GetDecimal(1), Value: row.GetDecimal(2)), cancellationToken))[0];
        var report = new TierReport(sales, options, cuts.Spread, notPositive);
        await connection.ExecuteAsync($"{TierCuts.Sql};\n\n{Sql("customer_tier")}", cancellationToken, cuts.Values);
        var result = cuts.HasTiers
            ? report.ToResult(
                await cuts.Spread.ConcentrationAsync(connection, cancellationToken),
                await connection.RowsAsync(Sql("tier"), TierSums.Read, cancellationToken))
            : report.ToResult(null, []);
        return new CustomerTiers(connection, result);
    }

    /// <summary>Every customer of the population with his tier, in the order of the keys.</summary>
    public async IAsyncEnumerable<TierCustomer> CustomersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = _connection.Command(Sql("tier_customer"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new TierCustomer(
                reader.GetInt32(0), reader.GetString(1), reader.GetDecimal(2), reader.GetDecimal(3), reader.GetString(4));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _connection.ExecuteAsync("DROP TABLE IF EXISTS temp.customer_tier", CancellationToken.None);

    private static string Sql(string name) => SqlFile.Read(typeof(CustomerTiers), $"ValueTiers/{name}.sql");
}
