using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Joins the snapshot that holds for each fact. Which one that is depends on the day alone, so it is found once a day, not once a fact,
/// and then members are looked up in it by equality.
/// </summary>
/// <param name="role">A role of a dimension of snapshots.</param>
/// <param name="alias">What the statement calls the dimension's table.</param>
/// <param name="context">What the plan depends on.</param>
internal sealed class SnapshotJoins(DimensionRole role, string alias, PlanningContext context)
{
    private const string List = "list";
    private const string Day = "day";
    private const string Id = "id";
    private const string At = "at";

    private readonly SnapshotColumns _snapshots = role.Dimension.Snapshots!;

    /// <summary>The joins where the snapshot is that of the fact's own day.</summary>
    /// <param name="member">The fact's reference to the member.</param>
    /// <param name="day">The fact's day.</param>
    /// <param name="time">The role of time that the day is of.</param>
    /// <param name="set">Of which set; null where there are no sets.</param>
    public IReadOnlyList<SqlJoin> Then(SqlExpression member, SqlExpression day, DimensionRole time, string? set)
    {
        var days = time.Dimension;
        var key = Column(context.Catalog[days.Table!], "d", days.Key!).Sql;
        var snapshots = Listed(set, null) with
        {
            Items = [(Of(_snapshots.At), At), (new SqlAggregate("max", Of(_snapshots.Key)), Id)],
            Grouping = new SqlGrouping([Of(_snapshots.At)], [[0]]),
        };
        var holding = new SqlSelect
        {
            Items = [(key, Day), (new SqlAggregate("arg_max", new SqlColumn("s", Id), new SqlColumn("s", At)), Id)],
            From = new SqlTable(days.Table!),
            Alias = "d",
            Joins = [new SqlJoin(snapshots, "s", [new SqlBinary(new SqlColumn("s", At), "<=", key)])],
            Grouping = new SqlGrouping([key], [[0]]),
        };
        return
        [
            new SqlJoin(holding, Holding, [new SqlBinary(new SqlColumn(Holding, Day), "=", day)]) { IsLeft = true },
            new SqlJoin(new SqlTable(role.Dimension.Table!), alias, [IsMember(member), new SqlBinary(Own(_snapshots.Key), "=", new SqlColumn(Holding, Id))]) { IsLeft = true },
        ];
    }

    /// <summary>The joins where one snapshot holds for all facts: the last up to a day.</summary>
    /// <param name="member">The fact's reference to the member.</param>
    /// <param name="until">The day; null for the last of all.</param>
    /// <param name="set">Of which set; null where there are no sets.</param>
    public IReadOnlyList<SqlJoin> One(SqlExpression member, DateOnly? until, string? set)
    {
        var listed = Listed(set, until);
        var last = _snapshots.Key == _snapshots.At ? listed with { Items = [(new SqlAggregate("max", Of(_snapshots.At)), Id)] } : new SqlSelect
        {
            Items = [(new SqlAggregate("max", new SqlColumn("last", Id)), Id)],
            From = listed with
            {
                Items = [(Of(_snapshots.Key), Id)],
                OrderBy = [new SqlOrder(Of(_snapshots.At), IsDescending: true), new SqlOrder(Of(_snapshots.Key), IsDescending: true)],
                Limit = 1,
            },
            Alias = "last",
        };
        var members = new SqlSelect
        {
            Items = [(new SqlAllColumns(alias), null)],
            From = new SqlTable(role.Dimension.Table!),
            Alias = alias,
            Joins = [new SqlJoin(last, Holding, [new SqlBinary(new SqlColumn(Holding, Id), "=", Own(_snapshots.Key))])],
        };
        var joined = new SqlJoin(members, alias, [IsMember(member)]) { IsLeft = true };
        return set is null ? [joined] : [joined, new SqlJoin(last, Holding, [SqlKeyword.True])];
    }

    /// <summary>Whether the member is in the snapshot; no value where there is no snapshot up to the day.</summary>
    public Typed IsThere => new(
        new SqlCase([(Is(new SqlColumn(Holding, Id)), Is(Own(role.Dimension.Key!)))]),
        ValueKind.Boolean,
        typeof(bool));

    private string Holding => $"{alias}.{At}";

    private static SqlPrefix Is(SqlExpression value) => new("NOT", new SqlIsNull(value));

    private SqlBinary IsMember(SqlExpression member) => new(Own(role.Dimension.Key!), "=", member);

    private SqlExpression Own(string column) => Column(context.Catalog[role.Dimension.Table!], alias, column).Sql;

    private SqlExpression Of(string column) => Column(context.Catalog[_snapshots.List], List, column).Sql;

    /// <summary>The list of snapshots, without items.</summary>
    private SqlSelect Listed(string? set, DateOnly? until)
    {
        if (Column(context.Catalog[_snapshots.List], List, _snapshots.At).Kind != ValueKind.Day)
        {
            throw new UserFaultException($"dimension \"{role.Dimension.Name}\": \"{_snapshots.At}\" of {_snapshots.List} is no DATE, and a snapshot has a day.");
        }

        var where = new List<SqlExpression>();
        if (set is not null)
        {
            where.Add(new SqlBinary(Of(_snapshots.Each!), "=", new SqlParameter(set)));
        }

        if (until is { } day)
        {
            where.Add(new SqlBinary(Of(_snapshots.At), "<=", new SqlParameter(day)));
        }

        var listed = new SqlSelect { Items = [], From = new SqlTable(_snapshots.List), Alias = List, Where = where };
        context.Use(new SnapshotUse(role, set, until, listed with { Items = [(new SqlAggregate("min", Of(_snapshots.At)), null)] }));
        return listed;
    }

    private Typed Column(TableColumns columns, string relation, string column)
    {
        var type = columns.Find(column) ?? throw new UserFaultException($"dimension \"{role.Dimension.Name}\": {columns.Missing(column)}");
        return new Typed(new SqlColumn(relation, column), ValueKinds.Of(type), type);
    }
}
