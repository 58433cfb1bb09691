using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>
/// Where the customers of a population are cut into tiers: SQL with <see cref="Sql"/> before it and these values asks <c>tier_of</c>.
/// They are ranked in <c>temp.value_rank</c> for as long as this lives.
/// </summary>
internal sealed class TierCuts : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly TierOptions _options;
    private readonly decimal[] _cuts;

    private TierCuts(DbConnection connection, TierOptions options, ValueSpread spread, decimal[] cuts) =>
        (_connection, _options, Spread, _cuts) = (connection, options, spread, cuts);

    public static string Sql => FileOf("tier_of");

    /// <summary>How value is spread over the customers.</summary>
    public ValueSpread Spread { get; }

    /// <summary>Whether there is any value to cut.</summary>
    public bool HasTiers => Spread.Value > 0;

    public (string Name, object? Value)[] Values =>
    [
        ("with_zero_spenders", _options.ZeroSpenders == Counting.Counted),
        ("has_tiers", HasTiers),
        ("cuts", _cuts),
        ("names", _options.Rule.Tiers.Select(tier => tier.Name).ToArray()),
    ];

    /// <summary>Ranks the customers whose sales were gathered.</summary>
    public static async Task<TierCuts> FindAsync(CustomerSales sales, TierOptions options, CancellationToken cancellationToken)
    {
        if (options.Population != sales.Options)
        {
            throw new ArgumentException("The sales were gathered for another population than the options ask for.", nameof(options));
        }

        var connection = sales.Connection;
        await connection.ExecuteAsync(
            FileOf("value_rank"), cancellationToken, ("with_zero_spenders", options.ZeroSpenders == Counting.Counted));
        var spread = await ValueSpread.MeasureAsync(connection, cancellationToken);
        var cuts = spread.Value > 0 ? await FindAsync(connection, options.Rule, spread, cancellationToken) : [];
        return new TierCuts(connection, options, spread, cuts);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _connection.ExecuteAsync("DROP TABLE IF EXISTS temp.value_rank", CancellationToken.None);

    /// <summary>The greatest value outside each tier, falling; it ends with the first tier that nobody is outside of.</summary>
    private static async Task<decimal[]> FindAsync(
        DbConnection connection, TierRule rule, ValueSpread spread, CancellationToken cancellationToken)
    {
        var whole = rule.Basis == TierBasis.Customers ? spread.Customers : spread.Value;
        var cuts = new List<decimal>();
        foreach (var tier in rule.Tiers.SkipLast(1))
        {
            var found = await connection.RowsAsync(
                FileOf("tier_cut"),
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

    private static string FileOf(string name) => SqlFile.Read(typeof(TierCuts), $"ValueTiers/{name}.sql");
}
