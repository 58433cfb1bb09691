using System.Collections.Concurrent;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Rollups;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>A plan with its statement.</summary>
internal sealed record WrittenPlan(QueryPlan Plan, SqlStatement Statement)
{
    /// <summary>The rollups that were looked at.</summary>
    public IReadOnlyList<RollupChoice> Choices { get; init; } = [];

    /// <summary>What it reads from facts and a rollup could have given.</summary>
    public IReadOnlyList<AskedQuery> Needs { get; init; } = [];

    /// <summary>The snapshots that the statement reads.</summary>
    public IReadOnlyList<SnapshotUse> Snapshots { get; init; } = [];

    /// <summary>The rollups that the statement reads.</summary>
    public IReadOnlySet<Rollup> Rollups { get; init; } = new HashSet<Rollup>();
}

/// <summary>Plans of queries that were asked before. When there are too many it begins anew.</summary>
internal sealed class PlanCache
{
    private const int MostPlans = 2_000;

    private readonly ConcurrentDictionary<string, WrittenPlan> _plans = new(StringComparer.Ordinal);

    public void Clear() => _plans.Clear();

    public WrittenPlan? Find(string key) => _plans.GetValueOrDefault(key);

    public void Keep(string key, WrittenPlan plan)
    {
        if (_plans.Count >= MostPlans)
        {
            _plans.Clear();
        }

        _plans[key] = plan;
    }
}
