using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Planning;

/// <summary>Members that are computed of others, where rows are by them and where conditions name them.</summary>
internal static class CalculatedKeys
{
    public const string Value = "value";
    public const string Member = "member";
    public const string Weight = "weight";

    /// <summary>The members that a query shows: those that its conditions name, or all.</summary>
    /// <exception cref="UserFaultException">One of them cannot be shown.</exception>
    public static QueryKey Shown(QueryKey key, IReadOnlyList<SourcedExpression> conditions, ExpressionSource source)
    {
        if (key.Field.Calculated is not { } calculated)
        {
            return key;
        }

        var named = conditions.Select(condition => Named(condition.Expression, key.Name)).OfType<string[]>().ToArray();
        CalculatedMember[] shown = [.. calculated.Members.Where(member => named.All(names => names.Contains(member.Name, StringComparer.Ordinal)))];
        return key.Role.IsMany && shown.FirstOrDefault(member => member.IsDifference) is { } difference
            ? throw source.Fault(key.Name, $"\"{difference.Name}\" takes away what is not in it, and a fact has any number of {key.Name.First}: only one that is in it could be taken away.")
            : key with { Calculated = shown };
    }

    /// <summary>Parts and members of a key as a relation.</summary>
    /// <param name="members">Those that are shown.</param>
    /// <param name="type">How the provider reads the values.</param>
    public static SqlValues Relation(IReadOnlyList<CalculatedMember> members, Type? type) => new(
        [
            .. members.SelectMany(member => member.Parts.Select(part => (IReadOnlyList<SqlExpression>)
                [new SqlParameter(Constant(part.Value, type)), new SqlParameter(member.Name), SqlKeyword.Number(part.Weight)])),
            .. members.Count == 0 ? new IReadOnlyList<SqlExpression>[] { [SqlKeyword.Null, SqlKeyword.Null, SqlKeyword.Zero] } : [],
        ],
        [Value, Member, Weight]);

    /// <summary>How many parts are no value of any member of the dimension.</summary>
    public static SqlSelect Missing(Dimension dimension, DimensionField field, FactScope scope)
    {
        const string parts = "parts", row = "d";
        var of = field.Calculated!.Of;
        var value = scope.Binder(scope.TableNames(dimension, row), of.Value.Source).Bind(of.Value.Expression);
        return new SqlSelect
        {
            Items = [(new SqlAggregate("count", SqlKeyword.Star), Audits.Count)],
            From = Relation(field.Calculated.Members, value.Clr),
            Alias = parts,
            Joins = [new SqlJoin(new SqlTable(dimension.Table!), row, [new SqlBinary(value.Sql, "=", new SqlColumn(parts, Value))]) { IsLeft = true }],
            Where = [new SqlIsNull(new SqlColumn(row, dimension.Key!))],
        };
    }

    /// <summary>A condition on such members as one on the values that they are computed of; any other condition as it is.</summary>
    public static Expression OfParts(Expression condition, RowNames names, ExpressionSource source)
    {
        var (name, wanted) = condition switch
        {
            Binary { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Left: Name left } binary => (left, [binary.Right]),
            InList { Operand: Name operand } list => (operand, list.Items),
            _ => (null, (IReadOnlyList<Expression>)[]),
        };
        if (name is null || names.Calculated(name, source) is not { } calculated)
        {
            return condition;
        }

        var values = wanted.SelectMany(item => Find(item, name, calculated, source).Parts).Select(part => part.Value.Expression).Distinct().ToArray();
        var among = new InList(new Name(name.First, calculated.Of.Name) { At = name.At, Position = name.Position }, values) { Position = condition.Position };
        return condition is Binary { Operator: BinaryOperator.NotEqual } ? new Not(among) { Position = condition.Position } : among;
    }

    /// <exception cref="UserFaultException">A measure of facts has no value for what is taken away from something that it is not in.</exception>
    public static void RequireAdditive(IReadOnlyList<QueryKey> keys, IEnumerable<Leaf> leaves)
    {
        if (keys.SelectMany(key => key.Calculated ?? []).FirstOrDefault(member => member.IsDifference) is { } difference
            && leaves.FirstOrDefault(leaf => !AddsUp(leaf)) is { } leaf)
        {
            throw new WrongCommandException(
                $"\"{difference.Name}\" is a difference, and {leaf.Measure.Name} does not add up over facts: its values for parts do not give its value for their difference. Sums and counts do; the members without differences can be asked for by name.");
        }
    }

    private static bool AddsUp(Leaf leaf) => leaf.Measure.Definition is AggregateDefinition { Kind: AggregateKind.Sum or AggregateKind.Count };

    private static CalculatedMember Find(Expression item, Name name, CalculatedMembers calculated, ExpressionSource source)
    {
        if (item is not Literal { Value: string text })
        {
            throw source.Fault(item, $"Expected a member of {name.Text} in single quotes, and here is {item}.");
        }

        var found = calculated.Members.FirstOrDefault(member => string.Equals(member.Name, text, StringComparison.Ordinal))
            ?? throw source.Fault(item, $"{name.Text} has no member \"{text}\". {NearNames.Hint(text, calculated.Members.Select(member => member.Name), "members")}");
        return found.IsDifference
            ? throw source.Fault(item, $"\"{text}\" takes away what is not in it, so that no fact is in it or not: ask for rows by {name.Text}.")
            : found;
    }

    /// <summary>The members that a condition names, where it is one on members of this name.</summary>
    private static string[]? Named(Expression condition, Name key) => condition switch
    {
        Binary { Operator: BinaryOperator.Equal, Left: Name left, Right: Literal { Value: string text } } when left.Text == key.Text => [text],
        InList { Operand: Name operand } list when operand.Text == key.Text => [.. list.Items.OfType<Literal>().Select(item => item.Value).OfType<string>()],
        _ => null,
    };

    private static object Constant(SourcedExpression value, Type? type) => Constants.As(value.Expression, type)
        ?? throw value.Source.Fault(0, $"{value} is no value of this attribute: it is {(type is null ? ValueKind.Other : ValueKinds.Of(type)).Text()}.");
}
