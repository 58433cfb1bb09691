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
        if (options.Population != sales.Options)
        {
            throw new ArgumentException("The sales were gathered for another population than the options ask for.", nameof(options));
        }

        var connection = sales.Connection;
        var withZeroSpenders = ("with_zero_spenders", (object?)(options.ZeroSpenders == Counting.Counted));
        await connection.ExecuteAsync(Sql("value_rank"), cancellationToken, withZeroSpenders);
        var spread = await ValueSpread.MeasureAsync(connection, cancellationToken);
        var notPositive = (await connection.RowsAsync(
            Sql("not_positive"), row => (Customers: row.GetInt64(0), Revenue: row.GetDecimal(1), Value: row.GetDecimal(2)), cancellationToken))[0];
        var report = new TierReport(sales, options, spread, notPositive);
        var hasValue = spread.Value > 0;
        var cuts = hasValue ? await CutsAsync(connection, options.Rule, spread, cancellationToken) : [];
        await connection.ExecuteAsync(
            Sql("customer_tier"),
            cancellationToken,
            withZeroSpenders,
            ("has_tiers", hasValue),
            ("cuts", cuts),
            ("names", options.Rule.Tiers.Select(tier => tier.Name).ToArray()));
        var result = hasValue
            ? report.ToResult(
                await spread.ConcentrationAsync(connection, cancellationToken),
                await connection.RowsAsync(Sql("tier"), TierSums.Read, cancellationToken))
            : report.ToResult(null, []);
        await connection.ExecuteAsync("DROP TABLE temp.value_rank", cancellationToken);
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

    /// <summary>The greatest value outside each tier, falling; it ends with the first tier that nobody is outside of.</summary>
    private static async Task<decimal[]> CutsAsync(
        DbConnection connection, TierRule rule, ValueSpread spread, CancellationToken cancellationToken)
    {
        var whole = rule.Basis == TierBasis.Customers ? spread.Customers : spread.Value;
        var cuts = new List<decimal>();
        foreach (var tier in rule.Tiers.SkipLast(1))
        {
            var found = await connection.RowsAsync(
                Sql("tier_cut"),
                row => row.ValueOrNull<decimal>(0),
                cancellationToken,
                ("by_customers", rule.Basis == TierBasis.Customers),
                ("limit", CeilingOfUnits(tier.UpTo * whole)));
            if (found[0] is not { } cut)
            {
                break;
            }

            cuts.Add(cut);
        }

        return [.. cuts];
    }

    /// <summary>Values are whole ten thousandths: one is at least x where it is at least the next ten thousandth.</summary>
    private static decimal CeilingOfUnits(decimal x) => decimal.Ceiling(x * 10_000) / 10_000;

    private static string Sql(string name) => SqlFile.Read(typeof(CustomerTiers), $"ValueTiers/{name}.sql");
}
