using System.Data.Common;
using Warehouse.DuckDb;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Store;

namespace Warehouse.Analysis.Lifetimes;

/// <summary>
/// What is expected of every customer. <see cref="StoreAsync"/> puts it into <c>temp.customer_lifetime</c> of the connection,
/// where it stays until this is disposed of.
/// </summary>
public sealed class CustomerLifetimes : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly CustomerHistories _histories;
    private readonly LifetimeOptions _options;
    private readonly double[]? _purchases;
    private readonly double[]? _alive;
    private readonly double[]? _spend;
    private readonly double[]? _values;
    private readonly int[]? _tenths;

    private CustomerLifetimes(
        DbConnection connection, CustomerHistories histories, LifetimeResult result, LifetimeOptions options, ParallelOptions parallel)
    {
        (_connection, _histories, _options) = (connection, histories, options);
        if (result.Purchases is { Converged: true } fit)
        {
            var model = PurchaseModel.Of(fit);
            _purchases = new double[histories.Keys.Length];
            _alive = new double[histories.Keys.Length];
            model.ConditionalExpectedPurchases(histories.Purchases, options.HorizonWeeks, _purchases, parallel);
            model.ProbabilityAlive(histories.Purchases, _alive, parallel);
            if (result.Spend is { Converged: true } ofSpend && GammaGammaModel.Of(ofSpend) is { PopulationMean: not null } spend)
            {
                _spend = new double[histories.Keys.Length];
                _values = new double[histories.Keys.Length];
                spend.ConditionalExpectedSpend(histories.Spend, _spend, parallel);
                model.DiscountedExpectedResidualTransactions(histories.Purchases, options.Terms.DiscountRate, _values, parallel);
                for (var place = 0; place < _values.Length; place++)
                {
                    _values[place] *= options.Margin * _spend[place];
                }
            }
        }

        _tenths = _values is null ? null : TenthsOf(_values);
        Result = result with { ExpectedPurchases = _purchases?.Sum(), Value = _values?.Sum(), Tenths = Tenths() };
    }

    internal static string TableSql => SqlFile.Read(typeof(CustomerLifetimes), "Lifetimes/lifetime_table.sql");

    /// <summary>What it adds up to, and how the models were found.</summary>
    public LifetimeResult Result { get; }

    /// <summary>Every customer with a purchase and the intervals of what is expected of him, in the order of the keys; none without estimates.</summary>
    /// <param name="tenth">The tenth by value whose customers are given; null gives all.</param>
    public IEnumerable<LifetimeCustomer> Customers(int? tenth = null)
    {
        if (_purchases is null)
        {
            return [];
        }

        var errors = _values is null ? null : new LifetimeErrors(Result.Purchases!, Result.Spend!);
        return Enumerable.Range(0, _histories.Keys.Length).Where(place => tenth is null || _tenths?[place] == tenth).AsParallel().AsOrdered().Select(place => Customer(place, errors));
    }

    /// <summary>Stores what is expected as <c>temp.customer_lifetime</c>; empty without estimates.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        await _connection.ExecuteAsync(TableSql, cancellationToken);
        using var appender = ((DuckDBConnection)_connection).CreateAppender("temp", "main", "customer_lifetime");
        for (var place = 0; _purchases is not null && place < _purchases.Length; place++)
        {
            appender.CreateRow()
                .AppendValue(_histories.Keys[place])
                .AppendValue(Alive(place))
                .AppendValue((double?)_purchases[place])
                .AppendValue(_spend?[place])
                .AppendValue(_values?[place])
                .EndRow();
        }

        appender.Close();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _connection.ExecuteAsync("DROP TABLE IF EXISTS temp.customer_lifetime", CancellationToken.None);

    internal static CustomerLifetimes Value(
        DbConnection connection, CustomerHistories histories, LifetimeResult result, LifetimeOptions options, ParallelOptions parallel) =>
        new(connection, histories, result, options, parallel);

    /// <summary>The tenth of each customer: 1 + floor(10 c / n), of n customers of whom c are worth more.</summary>
    private static int[] TenthsOf(double[] values)
    {
        var places = Enumerable.Range(0, values.Length).OrderByDescending(place => values[place]).ToArray();
        var tenths = new int[values.Length];
        var better = 0;
        for (var rank = 0; rank < places.Length; rank++)
        {
            better = rank > 0 && values[places[rank]] == values[places[rank - 1]] ? better : rank;
            tenths[places[rank]] = 1 + (int)(10L * better / values.Length);
        }

        return tenths;
    }

    private List<LifetimeTenth> Tenths() => _tenths is null
        ? []
        : [
            .. Enumerable.Range(0, _tenths.Length).GroupBy(place => _tenths[place]).OrderBy(tenth => tenth.Key).Select(tenth => new LifetimeTenth(
                tenth.Key,
                tenth.Count(),
                tenth.Min(place => _values![place]),
                tenth.Max(place => _values![place]),
                tenth.Sum(place => _values![place]),
                tenth.Sum(place => _purchases![place]))),
        ];

    private LifetimeCustomer Customer(int place, LifetimeErrors? errors)
    {
        var history = _histories.Purchases[place];
        return new LifetimeCustomer(
            _histories.Keys[place],
            _histories.Ids[place],
            history.Frequency,
            history.Recency,
            history.Age,
            Alive(place),
            errors?.Purchases(history, _options.HorizonWeeks) ?? new ExpectedRange(_purchases![place], null, null),
            _spend?[place],
            errors?.Value(new ValuedCustomer(history, _histories.Spend[place]), _options.Terms));
    }

    private double? Alive(int place) => PurchaseModel.ProbabilityAliveRanks(_histories.Purchases[place]) ? _alive![place] : null;
}
