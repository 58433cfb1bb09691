using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Rollups;

/// <summary>Looks for a rollup that gives a pass over facts, and aggregates its rows to the pass's cells.</summary>
internal sealed class RollupPass(QueryScope query, CellPass pass, IReadOnlyCollection<int> sets)
{
    /// <summary>The pass's cells from the first rollup that has them; null where none has.</summary>
    public IReadOnlyList<(IReadOnlyList<Leaf> Leaves, SqlRelation Relation)>? Find()
    {
        foreach (var rollup in pass.Cube.Rollups.Values)
        {
            var refusal = Refusal(rollup);
            if (refusal is null)
            {
                try
                {
                    var cells = Cells(rollup);
                    query.Context.Look(pass.Cube, rollup, null);
                    return cells;
                }
                catch (NotInRollupException missing)
                {
                    refusal = missing.Message;
                }
            }

            query.Context.Look(pass.Cube, rollup, refusal);
        }

        if (RollupNeeds.Of(query, pass) is { } needs)
        {
            query.Context.Need(pass.Cube, needs.Members, needs.Measures);
        }

        return null;
    }

    private string? Refusal(Rollup rollup) =>
        query.Context.AsOf is not null ? "it holds what is known now, and the question is asked as of a day"
        : !pass.Steps.IsNone ? $"measures over another stretch of time ({pass.Steps}) are read from facts"
        : pass.Leaves.Any(leaf => !leaf.Choice.IsAll) ? "measures of some facts alone, or of parts of them, are read from facts"
        : query.Context.Parameters is { } parameters && Mentioned(rollup).Any(parameters.Changes) ? "it was built with other values of parameters"
        : query.Context.Built(rollup) is { } stale ? stale
        : pass.Leaves.FirstOrDefault(leaf => !rollup.Measures.Contains(leaf.Measure.Name, StringComparer.Ordinal)) is { } missing ? $"it does not keep {missing.Measure.Name}"
        : null;

    /// <summary>What the rollup's rows were computed by: its measures, and the attributes that these and its members may be told by.</summary>
    private IEnumerable<Expression> Mentioned(Rollup rollup) => rollup.Measures
        .Select(name => pass.Cube.Measures[name].Definition)
        .OfType<AggregateDefinition>()
        .SelectMany(definition => new[] { definition.Value, definition.Where })
        .Concat(pass.Cube.Roles.Values.SelectMany(role => role.Dimension.Attributes.Values.Select(field => field.Value)))
        .OfType<SourcedExpression>()
        .Select(sourced => sourced.Expression);

    private List<(IReadOnlyList<Leaf>, SqlRelation)> Cells(Rollup rollup)
    {
        var cells = new List<(IReadOnlyList<Leaf>, SqlRelation)>();
        Leaf[] sums = [.. pass.Leaves.Where(leaf => !RollupTables.IsDistinct(leaf.Measure))];
        if (sums.Length > 0)
        {
            cells.Add((sums, Aggregated(rollup, rollup.Table, [.. sums.Select(leaf => (leaf, (Func<FactScope, SqlExpression>)(scope => Whole(rollup, leaf, scope))))])));
        }

        foreach (var leaf in pass.Leaves.Where(leaf => RollupTables.IsDistinct(leaf.Measure)))
        {
            cells.Add(([leaf], Aggregated(rollup, RollupTables.Values(rollup, leaf.Measure), [(leaf, Distinct)])));
        }

        return cells;
    }

    private SqlSelect Aggregated(Rollup rollup, TableName table, IReadOnlyList<(Leaf Leaf, Func<FactScope, SqlExpression> Value)> leaves)
    {
        var scan = new FactScan(new RollupScope(pass.Cube, rollup, table, query.Context), query);
        scan.Require(query.Conditions);
        scan.RequireVisible();
        if (query.Keys.FirstOrDefault(key => key.IsMany) is { } many)
        {
            throw new NotInRollupException($"a fact has any number of {many.Name.Text}");
        }

        CellKey[] keys = [.. query.Keys.Select(scan.Key)];
        return CellSelect.Of(keys, sets, [.. leaves.Select(leaf => (leaf.Leaf.Column, leaf.Value(scan.Scope)))], scan.Rows());
    }

    private static SqlAggregate Distinct(FactScope scope) => new("count", new SqlColumn(scope.Fact, RollupTables.Value)) { IsDistinct = true };

    private static SqlExpression Whole(Rollup rollup, Leaf leaf, FactScope scope)
    {
        SqlAggregate Over(string function, int part) => new(function, new SqlColumn(scope.Fact, RollupTables.Part(rollup, leaf.Measure, part)));
        return ((AggregateDefinition)leaf.Measure.Definition).Kind switch
        {
            AggregateKind.Min => Over("min", 0),
            AggregateKind.Max => Over("max", 0),
            AggregateKind.Avg => Ratios.Of(Over("sum", 0), BinaryOperator.Divide, Over("sum", 1)),
            AggregateKind.Count => new SqlCast(new SqlCall("coalesce", Over("sum", 0), SqlKeyword.Zero), "BIGINT"),
            _ => Over("sum", 0),
        };
    }
}
