using System.Data.Common;
using System.Runtime.CompilerServices;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>
/// The stage of every person known on a date. SQL on the same connection finds it as <c>temp.customer_stage</c>
/// (customer_key, churn_probability, stage) until this is disposed of.
/// </summary>
public sealed class CustomerStages : IAsyncDisposable
{
    private readonly DbConnection _connection;

    private CustomerStages(DbConnection connection, LifecycleResult result) => (_connection, Result) = (connection, result);

    /// <summary>What they add up to.</summary>
    public LifecycleResult Result { get; }

    /// <summary>Puts everybody into the stage whose rule he meets.</summary>
    public static async Task<CustomerStages> ComputeAsync(CustomerActivity activity, StageMap map, CancellationToken cancellationToken)
    {
        var cuts = map.Cells.CutsOf;
        await activity.Connection.ExecuteAsync(
            Sql("customer_stage"),
            cancellationToken,
            [
                .. CustomerTraits.Names.Select(named => (named.Name, (object?)cuts[(int)named.Trait])),
                ("stages", map.Cells.Stages.Select(stage => stage ?? "").ToArray()),
                ("as_of", activity.AsOf.Date),
            ]);
        var counts = (await activity.Connection.RowsAsync(
            Sql("stage_counts"),
            row => (Name: row.GetString(0), Customers: row.GetInt64(1), Orders: row.GetInt64(2), Overdue: row.ValueOrNull<double>(3)),
            cancellationToken)).ToDictionary(row => row.Name, StringComparer.Ordinal);
        var all = counts.Values.Sum(row => row.Customers);
        return new CustomerStages(
            activity.Connection,
            new LifecycleResult(
                activity.Generation,
                activity.AsOf,
                DefinitionHash.Of("lifecycle", map.Hash, FormattableString.Invariant($"hindsight={activity.AsOf.HasHindsight}"), CustomerActivity.Sql, Sql("customer_stage")),
                $"lifecycle stages of all known persons, bought or not, without test customers, {activity.AsOf}; rules of {map.Name}",
                all,
                [
                    .. map.Stages.Select(stage =>
                    {
                        var row = counts.GetValueOrDefault(stage.Name);
                        return new StageCount(stage, row.Customers, all == 0 ? null : (decimal)row.Customers / all, row.Orders, row.Overdue);
                    }),
                ],
                all == 0 ? ["Nobody was known on that date: the date may be wrong, or nothing was recorded before it (see --hindsight)."] : []));
    }

    /// <summary>Everybody with his stage and what put him there, in the order of the keys.</summary>
    public async IAsyncEnumerable<StagedCustomer> CustomersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var command = _connection.Command(Sql("stage_customer"));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new StagedCustomer(
                reader.GetInt32(0),
                reader.GetString(1),
                reader.GetString(2),
                new StageReason(
                    reader.GetInt64(3),
                    reader.ValueOrNull<double>(4),
                    reader.ValueOrNull<double>(5),
                    reader.ValueOrNull<double>(6),
                    reader.ValueOrNull<double>(7),
                    reader.ValueOrNull<double>(8),
                    reader.GetDouble(9),
                    reader.ValueOrNull<double>(10)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() =>
        await _connection.ExecuteAsync("DROP TABLE IF EXISTS temp.customer_stage", CancellationToken.None);

    internal static string Sql(string name) => SqlFile.Read(typeof(CustomerStages), $"Lifecycle/{name}.sql");
}
