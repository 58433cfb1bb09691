using Warehouse.Cubes.Model;
using Warehouse.Cubes.Rollups;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>What a plan depends on beside the query and the model.</summary>
/// <param name="Catalog">The columns of the tables.</param>
/// <param name="Access">What the asker may see.</param>
/// <param name="Today">The day that relative periods are counted from: the day that the query is asked as of, else the current one.</param>
/// <param name="AsOf">The last day whose knowledge counts; null where all does.</param>
/// <param name="EndOf">The instant at which a day ends in the workspace's time zone.</param>
internal sealed record PlanningContext(TableCatalog Catalog, CubeAccess Access, DateOnly Today, DateOnly? AsOf, Func<DateOnly, DateTimeOffset> EndOf)
{
    private readonly List<RollupChoice> _choices = [];
    private readonly HashSet<Rollup> _taken = [];
    private readonly List<AskedQuery> _needs = [];
    private readonly List<SnapshotUse> _snapshots = [];

    /// <summary>What the question's parameters are.</summary>
    public required ParameterValues Parameters { get; init; }

    /// <summary>How much the plan has taken so far.</summary>
    public PlanningEffort Effort { get; } = new();

    /// <summary>Which rollups hold the generation at hand; null where none may be used.</summary>
    public RollupStates? Rollups { get; init; }

    /// <summary>The rollups that were looked at.</summary>
    public IReadOnlyList<RollupChoice> Choices => _choices;

    /// <summary>Those of them that are read.</summary>
    public IReadOnlySet<Rollup> Taken => _taken;

    /// <summary>What is read from facts and a rollup could have given; how long it takes is not known yet.</summary>
    public IReadOnlyList<AskedQuery> Needs => _needs;

    /// <summary>The snapshots that are read.</summary>
    public IReadOnlyList<SnapshotUse> Snapshots => _snapshots;

    public void Use(SnapshotUse snapshots)
    {
        if (_snapshots.All(known => known.Member != snapshots.Member))
        {
            _snapshots.Add(snapshots);
        }
    }

    public void Need(Cube cube, IReadOnlyList<string> members, IReadOnlyList<string> measures) => _needs.Add(new AskedQuery(cube.Name, members, measures, 0));

    public void Look(Cube cube, Rollup rollup, string? refusal)
    {
        if (refusal is null)
        {
            _taken.Add(rollup);
        }

        var choice = new RollupChoice($"{cube.Name}.{rollup.Name}", refusal);
        if (!_choices.Contains(choice))
        {
            _choices.Add(choice);
        }
    }

    /// <summary>Why a rollup does not hold the generation at hand; null where it does.</summary>
    public string? Built(Rollup rollup) => Rollups is { } states ? states.Refusal(rollup) : "rollups are not used here";

    /// <summary>The last day whose members a role shows: the one that the query names, but none after the day that it is asked as of.</summary>
    public DateOnly? Until(DimensionRole role) => role.At is not { } day || AsOf < day ? AsOf : day;

    /// <summary>The first instant after a day, as a column's type has it.</summary>
    public SqlExpression EndOfDay(DateOnly day, Type? column) =>
        column == typeof(DateOnly) ? new SqlParameter(day.AddDays(1))
        : column == typeof(DateTime) ? new SqlParameter(EndOf(day).UtcDateTime)
        : new SqlParameter(EndOf(day));
}
