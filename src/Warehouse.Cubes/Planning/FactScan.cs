using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>
/// One pass over the facts of one cube: filtered, joined to the dimensions that are asked for, aggregated to the query's sets.
/// Its columns are those of <see cref="Cells"/>.
/// </summary>
internal sealed class FactScan(Cube cube, CubeQuery query, Cube home, IReadOnlyList<QueryKey> keys, PlanningContext context)
{
    private readonly FactScope _scope = new(cube, context);

    public FactScope Scope => _scope;

    /// <summary>The keys' values for each fact.</summary>
    public IReadOnlyList<SqlExpression> Keys()
    {
        var names = new QueryNames(home, _scope);
        return [.. keys.Select(key => _scope.Member(names.Conformed(key.Role, key.Name, new QuerySource("by", key.Name.Text)), key.Field).Sql)];
    }

    /// <summary>The conditions on facts: those of the query, and what was known at its date.</summary>
    public List<SqlExpression> Conditions(IEnumerable<Expression> conditions)
    {
        var binder = query.Where is { } where ? _scope.Binder(new QueryNames(home, _scope), where.Source) : null;
        List<SqlExpression> bound = [.. conditions.Select(condition => binder!.Condition(condition))];
        bound.AddRange(KnownAsOf());
        return bound;
    }

    /// <summary>Facts that had happened and were known at the date that the query is asked as of.</summary>
    private IEnumerable<SqlExpression> KnownAsOf()
    {
        if (context.AsOf is not { } day)
        {
            yield break;
        }

        if (cube.Time is { } time)
        {
            yield return new SqlBinary(_scope.Reference(cube.Roles[time]).Sql, "<=", new SqlParameter(day));
        }

        if (cube.KnownAt is { } column)
        {
            var known = _scope.Column(column, message => new Definitions.UserFaultException($"known_at of the cube {cube.Name}: {message}"));
            yield return new SqlBinary(known.Sql, "<", context.KnownBefore(known.Clr)!);
        }
    }
}
