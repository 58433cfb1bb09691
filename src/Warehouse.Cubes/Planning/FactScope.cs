using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning.Many;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// The rows of one fact table within a statement, and the dimension tables joined to them: only those that something asks for,
/// each at most once, each with at most one row per fact. So no join here can multiply rows.
/// </summary>
internal class FactScope(Cube cube, PlanningContext context)
{
    private readonly Dictionary<string, SqlJoin> _joins = new(StringComparer.Ordinal);
    private readonly List<SqlJoin> _conditions = [];

    public Cube Cube => cube;

    /// <summary>What the statement calls the fact: no dimension has this name, for none has a dot within.</summary>
    public string Fact { get; } = cube.Roles.Keys.Contains("fact", StringComparer.OrdinalIgnoreCase) ? "the.fact" : "fact";

    /// <summary>Where the rows are.</summary>
    public virtual SqlRelation Source => new SqlTable(Facts);

    public IReadOnlyList<SqlJoin> Joins => [.. _joins.Values, .. _conditions];

    /// <summary>The part of each row that is aggregated; null for all of it.</summary>
    public SqlExpression? Weight { get; set; }

    /// <summary>Whether rows are aggregated whole, once or more or taken away, so that counts of them are whole.</summary>
    public bool IsWeightWhole { get; set; }

    /// <summary>Names in a cube's own expressions: a column of the fact, or a member.</summary>
    public RowNames FactNames => new CubeNames(this);

    /// <summary>Names in an attribute: columns of the dimension's table.</summary>
    public RowNames TableNames(Dimension dimension, string alias) => new DimensionNames(context.Catalog[dimension.Table!], alias);

    /// <summary>A column of the fact.</summary>
    public virtual Typed Column(string column, Func<string, UserFaultException> fault) =>
        Column(context.Catalog[Facts], Fact, column, fault);

    /// <summary>The fact's reference to a dimension.</summary>
    public virtual Typed Reference(DimensionRole role)
    {
        var reference = FactReference(role);
        return role.Dimension.Calendar is { } calendar
            ? reference with { Time = new TimeMember(RequireDay(role, reference).Sql, TimeUnit.Day, calendar, UnknownDay(role)) }
            : reference;
    }

    /// <summary>What was known at a day is asked of every version of facts.</summary>
    private TableName Facts => context.AsOf is not null && cube.History is { } history ? history.Table : cube.Table;

    /// <summary>The value of a member for each fact.</summary>
    public virtual Typed Member(DimensionRole role, DimensionField field)
    {
        if (role.Dimension.Snapshots is { Each: not null })
        {
            return IsIn(role, field.Name);
        }

        if (field.TreeColumn is { } column)
        {
            return new Typed(new SqlColumn(Join(role, ofTree: true), column), column is MemberTree.Depth ? ValueKind.Number : ValueKind.Text, column is MemberTree.Depth ? typeof(int) : typeof(string));
        }

        var value = Binder(Names(role, field), field.Value.Source).Bind(field.Value.Expression);
        if (field.Unit is not { } unit)
        {
            return value;
        }

        var calendar = role.Dimension.Calendar
            ?? throw field.Value.Source.Fault(0, $"\"{field.Name}\" is a unit of time, but \"{role.Dimension.Name}\" is no time dimension.");
        if (value.Kind != ValueKind.Day)
        {
            throw field.Value.Source.Fault(0, $"A unit of time is computed of a DATE, and this is {value.Kind.Text()}.");
        }

        return new Typed(CalendarUnits.Truncated(value.Sql, unit, calendar), ValueKind.Day)
        {
            Time = new TimeMember(value.Sql, unit, calendar, UnknownDay(role)),
        };
    }

    /// <summary>The condition that a fact's reference is (or is not) the unknown member; null where the dimension has none.</summary>
    public virtual SqlExpression? IsUnknown(DimensionRole role)
    {
        if (role.IsMany)
        {
            var isKnown = AnyOf(role, pairs => pairs.IsUnknown(pairs.Cube.Roles[role.Name]) is { } none ? new SqlPrefix("NOT", none) : SqlKeyword.True, ofNone: null);
            return new SqlPrefix("NOT", new SqlCall("coalesce", isKnown, SqlKeyword.False));
        }

        if (role.Reference is null || role.Dimension.Unknown is not { } unknown)
        {
            return null;
        }

        var reference = Reference(role);
        var value = Constants.As(unknown, reference.Clr)
            ?? throw new UserFaultException($"The unknown member {unknown} of the dimension \"{role.Dimension.Name}\" is not of its key's type.");
        return new SqlBinary(reference.Sql, "=", new SqlParameter(value));
    }

    /// <summary>The condition that a member is among those that a ranking gives; also one without a value may be.</summary>
    public SqlExpression IsAmong(SqlExpression member, SqlRelation ranking)
    {
        var alias = FormattableString.Invariant($"ranked.{_conditions.Count}");
        _conditions.Add(new SqlJoin(ranking, alias, [new SqlBinary(member, "IS NOT DISTINCT FROM", new SqlColumn(alias, Rankings.Member))])
        {
            IsLeft = true,
        });
        return new SqlPrefix("NOT", new SqlIsNull(new SqlColumn(alias, Rankings.IsThere)));
    }

    /// <summary>The computed member that a value is a part of, and how often the fact counts for it: a fact has a row for each.</summary>
    public (Typed Member, SqlExpression Weight) PartsOf(Typed value, IReadOnlyList<CalculatedMember> members)
    {
        var alias = FormattableString.Invariant($"computed.{_conditions.Count}");
        _conditions.Add(new SqlJoin(CalculatedKeys.Relation(members, value.Clr), alias, [new SqlBinary(value.Sql, "=", new SqlColumn(alias, CalculatedKeys.Value))]) { IsLeft = true });
        return (new Typed(new SqlColumn(alias, CalculatedKeys.Member), ValueKind.Text, typeof(string)), new SqlCall("coalesce", new SqlColumn(alias, CalculatedKeys.Weight), SqlKeyword.Number(1)));
    }

    /// <summary>The condition that something holds for any of the members that a fact has of a role.</summary>
    /// <param name="role">A role of which a fact may have several members.</param>
    /// <param name="condition">What has to hold, of pairs of facts and members.</param>
    /// <param name="ofNone">Whether it holds for facts without a member.</param>
    public SqlExpression AnyOf(DimensionRole role, Func<FactScope, SqlExpression> condition, bool? ofNone)
    {
        const string reference = "reference", isAny = "is_any";
        var pairs = new PairScope(cube, role, context);
        var holds = condition(pairs);
        var alias = FormattableString.Invariant($"any.{_conditions.Count}");
        var members = new SqlSelect
        {
            Items = [(pairs.From, reference), (new SqlAggregate("bool_or", holds), isAny)],
            From = pairs.Source,
            Alias = pairs.Fact,
            Joins = pairs.Joins,
            Where = [.. pairs.Valid],
            Grouping = new SqlGrouping([pairs.From], [[0]]),
        };
        _conditions.Add(new SqlJoin(members, alias, [new SqlBinary(new SqlColumn(alias, reference), "=", FactReference(role).Sql)]) { IsLeft = true });
        var found = new SqlColumn(alias, isAny);
        return ofNone is { } none
            ? new SqlCase([(new SqlIsNull(new SqlColumn(alias, reference)), none ? SqlKeyword.True : SqlKeyword.False)], found)
            : found;
    }

    /// <summary>The column of the fact that leads to a dimension or to its bridge.</summary>
    public Typed FactReference(DimensionRole role) =>
        Column(role.Reference!, message => new UserFaultException($"{role.Name} of the cube {cube.Name}: {message}"));

    public RowBinder Binder(RowNames names, ExpressionSource source) => new(names, source, context);

    /// <summary>The day of the unknown member of a time dimension.</summary>
    public static DateOnly? UnknownDay(DimensionRole role) =>
        role.Dimension.Unknown is PeriodLiteral { Period: { Unit: TimeUnit.Day } day } ? day.From : null;

    /// <summary>Whether each fact's member is in a set.</summary>
    private Typed IsIn(DimensionRole role, string set)
    {
        var key = $"{role.Key}.{set}";
        var joins = new SnapshotJoins(role, key, context);
        AddSnapshots(joins, key, role, set);
        return joins.IsThere;
    }

    private void AddSnapshots(SnapshotJoins joins, string key, DimensionRole role, string? set)
    {
        if (_joins.ContainsKey(key))
        {
            return;
        }

        var member = Reference(role).Sql;
        var time = role.IsThen ? cube.Roles[role.By ?? cube.Time!] : null;
        var added = time is null ? joins.One(member, context.Until(role), set) : joins.Then(member, Reference(time).Sql, time, set);
        foreach (var (join, place) in added.Select((join, place) => (join, place)))
        {
            _joins.Add(place == added.Count - 1 ? key : $"{key}.{place}", join);
        }
    }

    /// <summary>What the statement calls a dimension: its role's name, made longer where the engine would take another's for the same.</summary>
    private string Alias(DimensionRole role)
    {
        var alike = cube.Roles.Keys
            .TakeWhile(name => !string.Equals(name, role.Name, StringComparison.Ordinal))
            .Count(name => string.Equals(name, role.Name, StringComparison.OrdinalIgnoreCase));
        return role.Key + new string('.', alike);
    }

    private static Typed Column(TableColumns columns, string relation, string column, Func<string, UserFaultException> fault)
    {
        var type = columns.Find(column) ?? throw fault(columns.Missing(column));
        return new Typed(new SqlColumn(relation, column), ValueKinds.Of(type), type);
    }

    private static Typed RequireDay(DimensionRole role, Typed reference) => reference.Kind == ValueKind.Day
        ? reference
        : throw new UserFaultException($"{role.Name}: the key of a time dimension is a DATE, and \"{role.Reference}\" is {reference.Kind.Text()}.");

    /// <summary>
    /// What names mean in an attribute: columns of the fact for a degenerate dimension; the fact's own reference where the
    /// attribute needs nothing but the key and the reference holds; else columns of the dimension's table, which is then joined.
    /// </summary>
    private RowNames Names(DimensionRole role, DimensionField field)
    {
        if (role.On is null)
        {
            return FactNames;
        }

        var needsKeyAlone = !role.IsOptional && !role.IsThen && role.Dimension.Snapshots is null && ExpressionNames.Of(field.Value.Expression)
            .All(name => name.Second is null && string.Equals(name.First, role.Dimension.Key, StringComparison.OrdinalIgnoreCase));
        return needsKeyAlone ? new KeyNames(Reference(role)) : new DimensionNames(context.Catalog[role.Dimension.Table!], Join(role));
    }

    /// <summary>Joins a dimension, once, and says what the statement calls it.</summary>
    /// <param name="role">The role.</param>
    /// <param name="ofTree">Whether the ways down to its members are joined, rather than their table.</param>
    protected virtual string Join(DimensionRole role, bool ofTree = false)
    {
        if (ofTree)
        {
            var ways = $"{Alias(role)}.ways";
            _joins.TryAdd($"{role.Key}.ways", TreeJoin(role, ways));
            return ways;
        }

        var alias = Alias(role);
        if (role.Dimension.Snapshots is not null)
        {
            AddSnapshots(new SnapshotJoins(role, alias, context), role.Key, role, set: null);
        }
        else if (!_joins.ContainsKey(role.Key))
        {
            _joins.Add(role.Key, MakeJoin(role, alias));
        }

        return alias;
    }

    private SqlJoin MakeJoin(DimensionRole role, string alias)
    {
        var dimension = role.Dimension;
        var columns = context.Catalog[dimension.Table!];
        SqlExpression Of(string column) =>
            Column(columns, alias, column, message => new UserFaultException($"dimension \"{dimension.Name}\": {message}")).Sql;

        var key = role.IsThen ? dimension.Versions!.Key : dimension.Key!;
        var on = new List<SqlExpression> { new SqlBinary(Of(key), "=", Reference(role).Sql) };
        if (!role.IsThen && dimension.Versions is { } versions)
        {
            on.AddRange(Validity.Of(columns, Of, (versions.From, versions.To, versions.IsCurrent), context.Until(role), context));
        }

        return new SqlJoin(new SqlTable(dimension.Table!), alias, on) { IsLeft = role.IsOptional || role.At is not null };
    }

    /// <summary>A member in a circle has no way down to it, and stays.</summary>
    private SqlJoin TreeJoin(DimensionRole role, string alias)
    {
        var key = role.IsThen ? new SqlColumn(Join(role), role.Dimension.Key!) : Reference(role).Sql;
        var ways = new TreeRelations(role, context).Ways(this);
        return new SqlJoin(ways, alias, [new SqlBinary(new SqlColumn(alias, TreeRelations.Member), "=", key)]) { IsLeft = true };
    }

    private sealed class CubeNames(FactScope scope) : RowNames
    {
        public override FactScope Scope => scope;

        public override DimensionRole? Role(Name name) => scope.Cube.Roles.GetValueOrDefault(name.First);

        public override RowNames Within(FactScope pairs) => pairs.FactNames;

        public override Typed Resolve(Name name, ExpressionSource source)
        {
            if (name.Second is null)
            {
                return scope.Column(name.First, message => source.Fault(name, message));
            }

            var (role, field) = MemberNames.Find(scope.Cube, name, source);
            return One(scope, role, field, name, source);
        }
    }

    private sealed class DimensionNames(TableColumns columns, string alias) : RowNames
    {
        public override Typed Resolve(Name name, ExpressionSource source) => name.Second is null
            ? Column(columns, alias, name.First, message => source.Fault(name, message))
            : throw source.Fault(name, $"An attribute is computed of columns of {columns.Table}, and \"{name.Text}\" is none.");
    }

    private sealed class KeyNames(Typed reference) : RowNames
    {
        public override Typed Resolve(Name name, ExpressionSource source) => reference with { Time = null };
    }
}
