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

    /// <summary>The first period that it keeps: facts of one period change together, those of others stay. Null where it keeps none.</summary>
    private QueryKey? Partition => _scope.Keys.FirstOrDefault(key => key.Field.Unit is not null);

    private Measure[] Measures => [.. rollup.Measures.Select(name => cube.Measures[name])];

    /// <summary>Its tables with the rows that each has.</summary>
    private IEnumerable<(TableName Table, Func<SqlTable?, SqlSelect> Rows)> Tables()
    {
        yield return (rollup.Table, touched => Sums([.. Measures.Where(measure => !RollupTables.IsDistinct(measure))], touched));
        foreach (var measure in Measures.Where(RollupTables.IsDistinct))
        {
            yield return (RollupTables.Values(rollup, measure), touched => Values(measure, touched));
        }
    }

    /// <summary>Builds it whole.</summary>
    public async Task BuildAsync(DbConnection connection, GenerationStamp generation, string definition, CancellationToken cancellationToken)
    {
        foreach (var (table, rows) in Tables())
        {
            await ReplaceAsync(connection, table, rows(null), cancellationToken);
        }

        if (Partition is { } partition)
        {
            await ReplaceAsync(connection, RollupTables.Parts(rollup), Fingerprints(partition), cancellationToken);
        }

        await ReplaceAsync(connection, RollupTables.Built(rollup), Built(generation, definition), cancellationToken);
    }

    /// <summary>
    /// Builds those partitions anew whose facts are others than when it was built by the same definition. What a fact is to the rollup
    /// is all that it takes of it, members of dimensions as well: however one was changed, its partition is found.
    /// </summary>
    /// <returns>False where it has no partitions.</returns>
    public async Task<bool> RebuildAsync(DbConnection connection, GenerationStamp generation, string definition, CancellationToken cancellationToken)
    {
        if (Partition is not { } partition)
        {
            return false;
        }

        var touched = new SqlTable(RollupTables.Touched(rollup));
        await ReplaceAsync(connection, RollupTables.NewParts(rollup), Fingerprints(partition), cancellationToken);
        await ReplaceAsync(connection, touched.Table, Differing(), cancellationToken);
        foreach (var (table, rows) in Tables())
        {
            var isTouched = new SqlBinary(new SqlColumn("r", RollupTables.Key(partition.Index)), "IS NOT DISTINCT FROM", new SqlColumn("t", Rankings.Member));
            await RunAsync(connection, new SqlDelete(new SqlTable(table), "r", touched, "t", isTouched), cancellationToken);
            await RunAsync(connection, new SqlInsert(new SqlTable(table), rows(touched)), cancellationToken);
        }

        await ReplaceAsync(connection, RollupTables.Parts(rollup), All(RollupTables.NewParts(rollup)), cancellationToken);
        await ReplaceAsync(connection, RollupTables.Built(rollup), Built(generation, definition), cancellationToken);
        await RunAsync(connection, new SqlDropTable(touched), cancellationToken);
        await RunAsync(connection, new SqlDropTable(new SqlTable(RollupTables.NewParts(rollup))), cancellationToken);
        return true;
    }

    /// <summary>How many rows its sums would have.</summary>
    public Task<long> CountAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var scan = new FactScan(cube, _scope);
        var keys = Keys(scan);
        var groups = Grouped(scan, keys, keys.Length == 0 ? [(new SqlAggregate("count", SqlKeyword.Star), null)] : keys);
        var count = new SqlSelect { Items = [(new SqlAggregate("count", SqlKeyword.Star), null)], From = groups, Alias = "groups" };
        return count.CountAsync(connection, quote, cancellationToken);
    }

    private static SqlSelect All(TableName table) => new() { Items = [(SqlKeyword.Star, null)], From = new SqlTable(table) };

    /// <summary>For each partition how many facts it has, and the sum of a hash of all that the rollup takes of each.</summary>
    private SqlSelect Fingerprints(QueryKey partition)
    {
        var scan = new FactScan(cube, _scope);
        var keys = Keys(scan);
        SqlExpression[] taken = [.. keys.Select(key => key.Value), .. Measures.SelectMany(measure => Aggregates.Taken((AggregateDefinition)measure.Definition, scan.Scope))];
        return Grouped(
            scan,
            [keys[partition.Index]],
            [
                (keys[partition.Index].Value, RollupTables.PartitionKey),
                (new SqlAggregate("count", SqlKeyword.Star), RollupTables.Facts),
                (new SqlAggregate("sum", new SqlCall("hash", taken)), RollupTables.Fingerprint),
            ]);
    }

    /// <summary>The partitions that are not now what they were, those that are gone among them.</summary>
    private SqlSelect Differing()
    {
        static SqlExpression Either(string column) => new SqlCall("coalesce", new SqlColumn("n", column), new SqlColumn("o", column));
        static SqlExpression Same(string column) => new SqlBinary(new SqlColumn("n", column), "IS NOT DISTINCT FROM", new SqlColumn("o", column));
        return new SqlSelect
        {
            Items = [(Either(RollupTables.PartitionKey), Rankings.Member), (SqlKeyword.True, Rankings.IsThere)],
            From = new SqlTable(RollupTables.NewParts(rollup)),
            Alias = "n",
            Joins = [new SqlJoin(new SqlTable(RollupTables.Parts(rollup)), "o", [Same(RollupTables.PartitionKey)]) { IsFull = true }],
            Where = [new SqlPrefix("NOT", SqlExpression.And([Same(RollupTables.Facts), Same(RollupTables.Fingerprint)]))],
        };
    }

    private SqlSelect Sums(IReadOnlyList<Measure> measures, SqlTable? touched)
    {
        var scan = Scan(touched);
        var keys = Keys(scan);
        var parts = measures.SelectMany(measure => Aggregates.Parts((AggregateDefinition)measure.Definition, scan.Scope)
            .Select((part, index) => (part, (string?)RollupTables.Part(rollup, measure, index))));
        return Grouped(scan, keys, [.. keys, .. parts, (new SqlAggregate("count", SqlKeyword.Star), "facts")]);
    }

    private SqlSelect Values(Measure measure, SqlTable? touched)
    {
        var scan = Scan(touched);
        (SqlExpression, string?)[] columns = [.. Keys(scan), (Aggregates.Counted((AggregateDefinition)measure.Definition, scan.Scope), RollupTables.Value)];
        return Grouped(scan, columns, columns);
    }

    /// <summary>The facts, or those of the partitions that were touched.</summary>
    private FactScan Scan(SqlTable? touched)
    {
        var scan = new FactScan(cube, _scope);
        if (touched is not null)
        {
            scan.Require(scan.Scope.IsAmong(Keys(scan)[Partition!.Index].Value, touched));
        }

        return scan;
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

    private Task ReplaceAsync(DbConnection connection, TableName table, SqlSelect rows, CancellationToken cancellationToken) =>
        RunAsync(connection, new SqlCreateTable(new SqlTable(table), rows), cancellationToken);

    private async Task RunAsync(DbConnection connection, SqlNode statement, CancellationToken cancellationToken)
    {
        await using var command = SqlWriter.Statement(statement, quote).Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
