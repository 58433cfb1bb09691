using System.Data.Common;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Rollups;

/// <summary>Builds a rollup's tables from facts, in the transaction at hand.</summary>
internal sealed class RollupBuilder(Cube cube, Rollup rollup, PlanningContext context, Func<string, string> quote)
{
    private readonly QueryScope _scope = new(
        cube,
        [.. rollup.By.Select((member, place) => new QueryKey(place, member, cube.Roles[member.First], cube.Roles[member.First].Dimension.Attributes[member.Second!]))],
        [],
        context,
        (_, _) => throw new InvalidOperationException("A rollup ranks nothing."));

    public async Task BuildAsync(DbConnection connection, GenerationStamp generation, string definition, CancellationToken cancellationToken)
    {
        Measure[] measures = [.. rollup.Measures.Select(name => cube.Measures[name])];
        await ReplaceAsync(connection, rollup.Table, Sums([.. measures.Where(measure => !RollupTables.IsDistinct(measure))]), cancellationToken);
        foreach (var measure in measures.Where(RollupTables.IsDistinct))
        {
            await ReplaceAsync(connection, RollupTables.Values(rollup, measure), Values(measure), cancellationToken);
        }

        await ReplaceAsync(connection, RollupTables.Built(rollup), Built(generation, definition), cancellationToken);
    }

    private SqlSelect Sums(IReadOnlyList<Measure> measures)
    {
        var scan = new FactScan(cube, _scope);
        var keys = Keys(scan);
        var parts = measures.SelectMany(measure => Aggregates.Parts((AggregateDefinition)measure.Definition, scan.Scope)
            .Select((part, index) => (part, (string?)RollupTables.Part(rollup, measure, index))));
        return Grouped(scan, keys, [.. keys, .. parts, (new SqlAggregate("count", SqlKeyword.Star), "facts")]);
    }

    private SqlSelect Values(Measure measure)
    {
        var scan = new FactScan(cube, _scope);
        (SqlExpression, string?)[] columns = [.. Keys(scan), (Aggregates.Counted((AggregateDefinition)measure.Definition, scan.Scope), RollupTables.Value)];
        return Grouped(scan, columns, columns);
    }

    private (SqlExpression Value, string? Name)[] Keys(FactScan scan) =>
        [.. _scope.Keys.Select(key => (Key(scan.Scope.Member(key.Role, key.Field)), (string?)RollupTables.Key(key.Index)))];

    /// <summary>The unknown day stays what it is: no period holds it.</summary>
    private static SqlExpression Key(Typed member)
    {
        if (member.Time is not { Unknown: { } unknown } time)
        {
            return member.Sql;
        }

        var none = new SqlParameter(unknown);
        return new SqlCase([(new SqlBinary(time.Day, "=", none), none)], member.Sql);
    }

    private static SqlSelect Grouped(FactScan scan, IReadOnlyList<(SqlExpression Value, string? Name)> by, IReadOnlyList<(SqlExpression, string?)> items) =>
        scan.Rows() with
        {
            Items = items,
            Grouping = by.Count == 0 ? null : new SqlGrouping([.. by.Select(column => column.Value)], [[.. Enumerable.Range(0, by.Count)]]),
        };

    private static SqlSelect Built(GenerationStamp generation, string definition) => new()
    {
        Items = [(new SqlCast(new SqlParameter(generation.Number), "BIGINT"), RollupTables.Generation), (new SqlCast(new SqlParameter(definition), "VARCHAR"), RollupTables.Definition)],
        From = new SqlValues([[SqlKeyword.Zero]], ["nothing"]),
        Alias = "one",
    };

    private async Task ReplaceAsync(DbConnection connection, TableName table, SqlSelect rows, CancellationToken cancellationToken)
    {
        await using var command = SqlWriter.Statement(new SqlCreateTable(new SqlTable(table), rows), quote).Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
