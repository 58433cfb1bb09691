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
        await activity.Connection.ExecuteAsync(
            $"{Definition};\n\n{Sql("customer_stage")}", cancellationToken, [.. Values(map), ("as_of", activity.AsOf.Date)]);
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
                DefinitionHash.Of("lifecycle", map.Hash, FormattableString.Invariant($"hindsight={activity.AsOf.HasHindsight}"), CustomerActivity.Sql, Definition),
                $"lifecycle stages of all known persons, bought or not, without test customers, {activity.AsOf}; rules of {map.Name}",
                all,
                [
                    .. map.Stages.Select(stage =>
                    {
                        var row = counts.GetValueOrDefault(stage.Name);
                        return new StageCount(stage, row.Customers, all == 0 ? null : (decimal)row.Customers / all, row.Orders, row.Overdue);
                    }),
                ],
                Notes(all)));
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

    /// <summary>What SQL has before it that asks <c>stage_of</c>.</summary>
    internal static string Definition => Sql("stage_of");

    /// <summary>The rules of a map, as <c>stage_of</c> takes them.</summary>
    internal static (string Name, object? Value)[] Values(StageMap map) =>
    [
        .. CustomerTraits.Names.Select(named => (named.Name, (object?)map.Cells.CutsOf[(int)named.Trait])),
        ("stages", map.Cells.Stages.Select(stage => stage ?? "").ToArray()),
    ];

    /// <summary>What a reader should know of so many people.</summary>
    internal static IReadOnlyList<string> Notes(long people) => people == 0
        ? ["Nobody was known on that date: the date may be wrong, or nothing was recorded before it (see --hindsight)."]
        : [];

    internal static string Sql(string name) => SqlFile.Read(typeof(CustomerStages), $"Lifecycle/{name}.sql");
}
