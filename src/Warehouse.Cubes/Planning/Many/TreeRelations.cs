using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning.Many;

/// <summary>Relations of a dimension whose members stand above each other.</summary>
internal sealed class TreeRelations(DimensionRole role, PlanningContext context)
{
    /// <summary>The columns: a member; in <see cref="Pairs"/> itself or one above it.</summary>
    public const string Member = "member";
    public const string Above = "above";

    /// <summary>A member that would lie deeper is not shown a way to: the data breaks its rules.</summary>
    private const int MostLevels = 100;

    private const string Row = "d";
    private const string Known = "known";
    private const string Labels = "labels";
    private const string Paths = "paths";

    private readonly Dimension _dimension = role.Dimension;
    private readonly TableColumns _columns = context.Catalog[role.Dimension.Table!];
    private readonly MemberTree _tree = role.Dimension.Tree!;

    /// <summary>Each member with itself and with everyone above it. Members in a circle stand above themselves, each pair is there once.</summary>
    public SqlSelect Pairs()
    {
        var own = new SqlSelect { Items = [(Column(_dimension.Key!), Member), (Column(_dimension.Key!), Above)], From = Table, Alias = Row, Where = [.. Valid()] };
        var higher = new SqlSelect
        {
            Items = [(new SqlColumn(Known, Member), null), (Column(_tree.Parent), null)],
            From = new SqlNamed(Known),
            Alias = Known,
            Joins = [new SqlJoin(Table, Row, [new SqlBinary(Column(_dimension.Key!), "=", new SqlColumn(Known, Above))])],
            Where = [.. Valid(), new SqlPrefix("NOT", IsTop())],
        };
        return new SqlSelect
        {
            With = [(Known, new SqlUnion([own, higher]) { IsDistinct = true })],
            IsRecursive = true,
            Items = [(SqlKeyword.Star, null)],
            From = new SqlNamed(Known),
        };
    }

    /// <summary>Each member with its depth, its path, and who stands on each level above it. Members in a circle are not in it.</summary>
    public SqlSelect Ways(FactScope scope)
    {
        var field = _dimension.Attributes[_tree.Label];
        var label = new SqlCast(scope.Binder(scope.TableNames(_dimension, Row), field.Value.Source).Bind(field.Value.Expression).Sql, "VARCHAR");
        var known = new SqlColumn(Known, Labels);
        var named = new SqlCall("coalesce", label, new SqlParameter(""));
        var longer = new SqlCall("concat", new SqlColumn(Known, MemberTree.Path), new SqlParameter(MemberTree.Separator), named);
        var tops = new SqlSelect
        {
            Items = [(Column(_dimension.Key!), Member), (new SqlCall("list_value", label), Labels), (named, MemberTree.Path)],
            From = Table,
            Alias = Row,
            Where = [.. Valid(), IsTop()],
        };
        var lower = new SqlSelect
        {
            Items = [(Column(_dimension.Key!), null), (new SqlCall("list_append", known, label), null), (longer, null)],
            From = Table,
            Alias = Row,
            Joins = [new SqlJoin(new SqlNamed(Paths), Known, [new SqlBinary(Column(_tree.Parent), "=", new SqlColumn(Known, Member))])],
            Where = [.. Valid(), new SqlPrefix("NOT", IsTop()), new SqlBinary(new SqlCall("len", known), "<", SqlKeyword.Number(MostLevels))],
        };
        var labels = new SqlColumn(Paths, Labels);
        return new SqlSelect
        {
            With = [(Paths, new SqlUnion([tops, lower]))],
            IsRecursive = true,
            Items =
            [
                (new SqlColumn(Paths, Member), Member),
                (new SqlCast(new SqlCall("len", labels), "INTEGER"), MemberTree.Depth),
                (new SqlColumn(Paths, MemberTree.Path), MemberTree.Path),
                .. _tree.Levels.Select((level, place) => ((SqlExpression)new SqlCall("list_extract", labels, SqlKeyword.Number(place + 1)), (string?)level)),
            ],
            From = new SqlNamed(Paths),
        };
    }

    private SqlTable Table => new(_dimension.Table!);

    private SqlExpression Column(string column) => new SqlColumn(Row, column) is { } found && _columns.Find(column) is not null
        ? found
        : throw new UserFaultException($"dimension \"{_dimension.Name}\": {_columns.Missing(column)}");

    private IEnumerable<SqlExpression> Valid() =>
        _dimension.Versions is { } versions ? Validity.Of(_columns, Column, (versions.From, versions.To, versions.IsCurrent), context.Until(role), context) : [];

    /// <summary>True where nobody stands above a row, false where somebody does.</summary>
    private SqlExpression IsTop()
    {
        var parent = Column(_tree.Parent);
        var isOwn = new SqlBinary(parent, "=", Column(_dimension.Key!));
        SqlExpression[] unknown = _dimension.Unknown is { } key && Constants.As(key, _columns.Find(_tree.Parent)) is { } value
            ? [new SqlBinary(parent, "=", new SqlParameter(value))]
            : [];
        return SqlExpression.Or([new SqlIsNull(parent), isOwn, .. unknown]);
    }
}
