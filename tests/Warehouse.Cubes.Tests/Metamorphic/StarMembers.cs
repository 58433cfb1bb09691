using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>The members of which a fact has several, and where members stand in a tree, by the tables in memory.</summary>
internal sealed class StarMembers(StarCube cube)
{
    public StarRole? Role(string name) => cube.Roles.FirstOrDefault(role => role.Name == name && role.IsMany);

    /// <summary>Rows of the dimension's table.</summary>
    public IEnumerable<object?[]> Of(StarRole role, object?[] fact)
    {
        var reference = cube.Table.Value(fact, role.On!);
        if (role.Pairs is { } pairs)
        {
            return pairs.Rows
                .Where(pair => Equals(pairs.Value(pair, "from"), reference))
                .Select(pair => role.Table!.Rows.First(row => Equals(role.Table.Value(row, role.Key!), pairs.Value(pair, "to"))));
        }

        return WayUp(role, role.Table!.Rows.First(row => Equals(role.Table.Value(row, role.Key!), reference)));
    }

    public object? OfTree(StarRole role, object?[] member, string what)
    {
        string?[] labels = [.. WayUp(role, member).Reverse().Select(row => (string?)role.Table!.Value(row, "name"))];
        return what switch
        {
            "depth" => (decimal)labels.Length,
            "path" => string.Join(" / ", labels.Select(label => label ?? "")),
            _ => labels.ElementAtOrDefault(Array.IndexOf(RandomStar.Levels, what)),
        };
    }

    /// <summary>The one role of several members that a condition without « not » speaks of; null where it speaks of anything else.</summary>
    public StarRole? RoleOf(Expression condition)
    {
        StarRole?[] roles = [.. ExpressionNames.Of(condition).Select(name => name.Second is null ? null : Role(name.First)).Distinct()];
        return roles.Length == 1 && !HasNot(condition) ? roles[0] : null;
    }

    /// <summary>What « and » joins.</summary>
    public static IEnumerable<Expression> Parts(Expression condition) =>
        condition is Binary { Operator: BinaryOperator.And } and ? Parts(and.Left).Concat(Parts(and.Right)) : [condition];

    private static bool HasNot(Expression condition) => condition is Not || ExpressionNames.Parts(condition).Any(HasNot);

    private static IEnumerable<object?[]> WayUp(StarRole role, object?[] member)
    {
        for (var row = member; row is not null;)
        {
            yield return row;
            var (key, parent) = (role.Table!.Value(row, role.Key!), role.Table.Value(row, "parent"));
            row = parent is null || Equals(parent, key) ? null : role.Table.Rows.First(one => Equals(role.Table.Value(one, role.Key!), parent));
        }
    }
}
