using System.Data.Common;
using Warehouse.Cubes.Planning;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;
using Warehouse.Definitions;

namespace Warehouse.Cubes;

/// <summary>Answers queries of one model from one database. Safe to use from many threads.</summary>
public sealed class CubeEngine
{
    private readonly DbDataSource _database;
    private readonly CubeModel _model;
    private readonly CubeEngineOptions _options;
    private readonly TableCatalog _catalog = new();

    /// <param name="database">Each query takes a connection of it.</param>
    /// <param name="model">The cubes.</param>
    /// <param name="options">What the warehouse around knows; the defaults suit a database without generations.</param>
    public CubeEngine(DbDataSource database, CubeModel model, CubeEngineOptions? options = null)
    {
        _database = database;
        _model = model;
        _options = options ?? new CubeEngineOptions();
    }

    /// <summary>Answers a query. The answer and its generation are read in one transaction.</summary>
    /// <exception cref="WrongCommandException">The query names something that does not exist, or asks what makes no sense.</exception>
    /// <exception cref="DefinitionException">The model does not fit the tables.</exception>
    /// <exception cref="UserFaultException">The database does not answer.</exception>
    public async Task<CubeResult> QueryAsync(CubeQuery query, CancellationToken cancellationToken = default)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (plan, statement) = await PlanAsync(query, connection, cancellationToken);
        var generation = _options.Generation is { } read ? await read(connection, cancellationToken) : null;
        await using var command = statement.Command(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ResultReader.ReadAsync(reader, plan, new CubeResult
        {
            Generation = generation,
            AsOf = query.AsOf,
            Definition = _model.Hash,
            Columns = [],
            Rows = [],
        }, cancellationToken);
    }

    /// <summary>How a query would be answered, without answering it.</summary>
    /// <exception cref="UserFaultException">As for <see cref="QueryAsync"/>.</exception>
    public async Task<CubeExplanation> ExplainAsync(CubeQuery query, CancellationToken cancellationToken = default)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (_, statement) = await PlanAsync(query, connection, cancellationToken);
        return new CubeExplanation(statement.Text, statement.Values);
    }

    private async Task<(QueryPlan Plan, SqlStatement Statement)> PlanAsync(CubeQuery query, DbConnection connection, CancellationToken cancellationToken)
    {
        var quote = Quoting.Of(connection);
        foreach (var cube in CubesOf(query))
        {
            await _catalog.ReadAsync(cube, connection, quote, cancellationToken);
        }

        var today = query.AsOf ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_options.Time.GetUtcNow(), _options.TimeZone).DateTime);
        var end = today.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var asOfEnd = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(end, _options.TimeZone), TimeSpan.Zero);
        var planner = new QueryPlanner(_model, query, new PlanningContext(_catalog, today, query.AsOf, asOfEnd));
        if (planner.Bounds is { } question)
        {
            await using var command = SqlWriter.Statement(question, quote).Command(connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            planner.Bound(Day(reader, 0), Day(reader, 1));
        }

        var plan = planner.Plan();
        return (plan, SqlWriter.Statement(plan.Answer, quote));
    }

    private static DateOnly? Day(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

    /// <summary>The query's own cube and those that its expressions name.</summary>
    private IEnumerable<Model.Cube> CubesOf(CubeQuery query) =>
        _model.Cubes.Count == 1 ? [_model.Cube(query.Cube)] : CubeReferences.Of(_model, query);
}
