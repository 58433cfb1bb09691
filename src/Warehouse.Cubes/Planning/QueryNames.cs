using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning.Many;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// Names in the conditions of a query: members, and filters with names. The query speaks of its own cube; facts of another cube
/// are filtered by the same members where both cubes share them.
/// </summary>
internal sealed class QueryNames(QueryScope query, FactScope scope) : RowNames
{
    public override FactScope Scope => scope;

    public override DimensionRole? Role(Name name) => scope.Cube.Roles.GetValueOrDefault(name.First);

    public override RowNames Within(FactScope pairs) => new QueryNames(query, pairs);

    public override Typed Resolve(Name name, ExpressionSource source)
    {
        if (name.Second is null)
        {
            return query.Home.Filters.TryGetValue(name.First, out var filter) ? new Typed(scope.Binder(this, filter.Source).Condition(filter.Expression), ValueKind.Boolean)
                : StoredSet(name) is { } set ? Resolve(set, source)
                : throw source.Fault(name, $"There is no filter \"{name.First}\", and members are written dimension.attribute. {Hint(name)}");
        }

        var (role, field) = MemberNames.Find(query.Home, name, source, query.Context.Access);
        var conformed = Conformed(role, name, source);
        RequireOne(conformed, name, source);
        MemberNames.RequireOwnValues(name, field, source);
        return Masked(conformed, field, source);
    }

    public override CalculatedMembers? Calculated(Name name, ExpressionSource source)
    {
        if (name.Second is null || query.Home.Roles.GetValueOrDefault(name.First)?.Dimension.Attributes.GetValueOrDefault(name.Second)?.Calculated is null)
        {
            return null;
        }

        var (role, field) = MemberNames.Find(query.Home, name, source, query.Context.Access);
        return source is QuerySource && query.Context.Access.ShownOf(query.Home, $"{role.Name}.{field.Name}") is not null
            ? throw source.Fault(name, $"{name.Text} is masked, so that nothing is asked by it.")
            : field.Calculated;
    }

    public override Typed IsUnknown(Name dimension, ExpressionSource source)
    {
        var role = MemberNames.Role(query.Home, dimension, source, query.Context.Access);
        return scope.IsUnknown(Conformed(role, dimension, source)) is { } condition
            ? new Typed(condition, ValueKind.Boolean)
            : throw source.Fault(dimension, $"The dimension \"{dimension.First}\" has no unknown member.");
    }

    public override Typed Top(TopMembers top, ExpressionSource source)
    {
        var (role, field) = MemberNames.Find(query.Home, top.Member, source, query.Context.Access);
        MemberNames.RequireOwnValues(top.Member, field, source);
        var conformed = Conformed(role, top.Member, source);
        return new Typed(
            conformed.IsMany
                ? scope.AnyOf(conformed, pairs => new QueryNames(query, pairs).Top(top, source).Sql, ofNone: null)
                : scope.IsAmong(Masked(conformed, field, source).Sql, query.Rank(top, source)),
            ValueKind.Boolean);
    }

    /// <summary>The role of the cube at hand that is the same as one of the query's cube.</summary>
    public DimensionRole Conformed(DimensionRole role, Name name, ExpressionSource source) =>
        scope.Cube == query.Home ? role
        : scope.Cube.Roles.TryGetValue(role.Name, out var same) && ReferenceEquals(same.Dimension, role.Dimension) && same.IsThen == role.IsThen && IsAlike(same, role) ? same with { At = role.At }
        : throw source.Fault(name, $"{name.Text} says nothing of the cube \"{scope.Cube.Name}\", which has measures here: it does not share the dimension \"{role.Name}\".");

    private Typed Masked(DimensionRole role, DimensionField field, ExpressionSource source)
    {
        var value = scope.Member(role, field);
        return source is QuerySource ? new Masks(scope, query.Context).Of(role, field, value) : value;
    }

    /// <summary>Whether facts have members of both over the same pairs; those of a relation of pairs have one member each.</summary>
    private bool IsAlike(DimensionRole own, DimensionRole asked) =>
        scope is PairScope || (own.Bridge == asked.Bridge && own.IsRolledUp == asked.IsRolledUp);

    /// <summary>A set whose members are stored, by its name alone: who is in it now. Null where no dimension has one of that name.</summary>
    private Name? StoredSet(Name name) => query.Home.Roles.Values
        .Where(role => role is { IsThen: false, Dimension.Snapshots.Each: not null } && role.Dimension.Attributes.ContainsKey(name.First))
        .Select(role => name with { First = role.Name, Second = name.First })
        .FirstOrDefault();

    private string Hint(Name name)
    {
        var members = query.Home.Roles.Values.SelectMany(role => role.Dimension.Attributes.Keys.Select(field => $"{role.Name}.{field}"))
            .Where(member => !query.Context.Access.IsHidden(query.Home, member));
        return NearNames.Hint(name.First, query.Home.Filters.Keys.Concat(members), "filters and members");
    }
}
