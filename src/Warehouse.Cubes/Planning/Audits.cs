using System.Data.Common;
using System.Globalization;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning.Many;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Planning;

/// <summary>What a cube declares of keys and references, each as a question for the offenders: how many there are.</summary>
internal static class Audits
{
    public const string Count = "offenders";

    /// <summary>Asks the offenders of every rule of a model.</summary>
    public static async Task<IReadOnlyList<AuditFinding>> FindAsync(
        CubeModel model, TableCatalog catalog, Func<PlanningContext> context, DbConnection connection, CancellationToken cancellationToken)
    {
        var quote = Quoting.Of(connection);
        var findings = new List<AuditFinding>();
        foreach (var cube in model.Cubes.Values)
        {
            await catalog.ReadAsync(cube, connection, quote, cancellationToken);
            foreach (var (rule, offenders) in Of(cube, context()).DistinctBy(audit => audit.Rule))
            {
                findings.Add(new AuditFinding(cube.Name, rule, await offenders.CountAsync(connection, quote, cancellationToken)));
            }
        }

        return findings;
    }

    public static IEnumerable<(string Rule, SqlSelect Offenders)> Of(Cube cube, PlanningContext context)
    {
        if (cube.Key is { } key)
        {
            yield return ($"{cube.Table}: \"{key}\" is unique", Repeated(cube.Table, [key], null));
        }

        foreach (var role in cube.Roles.Values.Where(role => role.Dimension.Table is not null))
        {
            var dimension = role.Dimension;
            var table = dimension.Table!;
            if (dimension.Versions is { } versions)
            {
                yield return ($"{table}: \"{versions.Key}\" is unique", Repeated(table, [versions.Key], null));
                yield return ($"{table}: \"{dimension.Key}\" has one current version", Repeated(table, [dimension.Key!], versions.IsCurrent));
            }
            else if (dimension.Snapshots is { } snapshots)
            {
                yield return ($"{table}: \"{dimension.Key}\" is unique in each \"{snapshots.Key}\"", Repeated(table, [snapshots.Key, dimension.Key!], null));
            }
            else
            {
                yield return ($"{table}: \"{dimension.Key}\" is unique", Repeated(table, [dimension.Key!], null));
            }

            foreach (var field in dimension.Attributes.Values.Where(field => field is { Calculated: not null, TreeColumn: null } && dimension.Snapshots is not { Each: not null }))
            {
                yield return ($"{table}: every part of \"{field.Name}\" is a \"{field.Calculated!.Of.Name}\"", CalculatedKeys.Missing(dimension, field, new FactScope(cube, context)));
            }

            if (dimension.Tree is not null)
            {
                foreach (var audit in TreeAudits.Of(dimension))
                {
                    yield return audit;
                }
            }

            if (role.Bridge is { } bridge)
            {
                foreach (var audit in BridgeAudits.Of(bridge, dimension))
                {
                    yield return audit;
                }
            }
            else if (!role.IsOptional && dimension.Snapshots is null)
            {
                var target = role.IsThen ? dimension.Versions!.Key : dimension.Key!;
                yield return (
                    $"{cube.Table}: every \"{role.On}\" is a \"{target}\" of {table}",
                    Dangling(new SqlTable(cube.Table), role.On!, table, target, role.IsThen ? null : dimension.Versions?.IsCurrent));
            }
        }
    }

    /// <summary>How many facts a cube has.</summary>
    public static SqlSelect Facts(Cube cube) => new() { Items = [(new SqlAggregate("count", SqlKeyword.Star), Count)], From = new SqlTable(cube.Table) };

    /// <summary>Asks a question of this kind.</summary>
    public static async Task<long> CountAsync(this SqlSelect count, DbConnection connection, Func<string, string> quote, CancellationToken cancellationToken)
    {
        await using var command = SqlWriter.Statement(count, quote).Command(connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>Keys that stand in more than one row, or in none where they are NULL.</summary>
    public static SqlSelect Repeated(TableName table, IReadOnlyList<string> keys, string? onlyWhere)
    {
        SqlExpression[] columns = [.. keys.Select(key => new SqlColumn("t", key))];
        var grouped = new SqlSelect
        {
            Items = [(new SqlAggregate("count", SqlKeyword.Star), Count)],
            From = new SqlTable(table),
            Alias = "t",
            Where = onlyWhere is null ? [] : [new SqlColumn("t", onlyWhere)],
            Grouping = new SqlGrouping(columns, [[.. Enumerable.Range(0, columns.Length)]]),
        };
        return Counted(grouped, new SqlBinary(new SqlColumn("g", Count), ">", SqlKeyword.Number(1)));
    }

    /// <summary>References of rows « f » that lead nowhere.</summary>
    public static SqlSelect Dangling(SqlRelation rows, string reference, TableName table, string key, string? onlyWhere, params IReadOnlyList<SqlExpression> where)
    {
        var on = new List<SqlExpression> { new SqlBinary(new SqlColumn("d", key), "=", new SqlColumn("f", reference)) };
        if (onlyWhere is not null)
        {
            on.Add(new SqlColumn("d", onlyWhere));
        }

        return new SqlSelect
        {
            Items = [(new SqlAggregate("count", SqlKeyword.Star), Count)],
            From = rows,
            Alias = "f",
            Joins = [new SqlJoin(new SqlTable(table), "d", on) { IsLeft = true }],
            Where = [new SqlIsNull(new SqlColumn("d", key)), .. where],
        };
    }

    public static SqlSelect Counted(SqlSelect rows, SqlExpression offends) => new()
    {
        Items = [(new SqlAggregate("count", SqlKeyword.Star), Count)],
        From = rows,
        Alias = "g",
        Where = [offends],
    };
}
