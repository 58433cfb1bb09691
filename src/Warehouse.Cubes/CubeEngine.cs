using System.Data.Common;
using System.Globalization;
using Warehouse.Cubes.Planning;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Serving;
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
    private readonly PlanCache _plans = new();
    private readonly ResultCache _results;
    private readonly Admission _admission;

    /// <param name="database">Each query takes a connection of it.</param>
    /// <param name="model">The cubes.</param>
    /// <param name="options">What the warehouse around knows; the defaults suit a database without generations.</param>
    public CubeEngine(DbDataSource database, CubeModel model, CubeEngineOptions? options = null)
    {
        _database = database;
        _model = model;
        _options = options ?? new CubeEngineOptions();
        _results = new ResultCache(_options.MostCachedValues);
        _admission = new Admission(_options.Limits, _options.Time);
    }

    /// <summary>The cubes that are asked.</summary>
    public CubeModel Model => _model;

    /// <summary>Answers a query of one who may see everything. See <see cref="QueryAsync(CubeQuery, CubeAccess, CancellationToken)"/>.</summary>
    /// <exception cref="UserFaultException">The query cannot be answered.</exception>
    public Task<CubeResult> QueryAsync(CubeQuery query, CancellationToken cancellationToken = default) =>
        QueryAsync(query, CubeAccess.Everything, cancellationToken);

    /// <summary>Answers a query. The answer and its generation are read in one transaction.</summary>
    /// <exception cref="WrongCommandException">The query names something that does not exist, or asks what makes no sense.</exception>
    /// <exception cref="DefinitionException">The model does not fit the tables.</exception>
    /// <exception cref="QueryRefusedException">It would take more than it may.</exception>
    /// <exception cref="UserFaultException">The database does not answer.</exception>
    public async Task<CubeResult> QueryAsync(CubeQuery query, CubeAccess access, CancellationToken cancellationToken = default)
    {
        if (query.Pivot is not null)
        {
            var pivot = new Pivot(query);
            return pivot.Of(await QueryAsync(pivot.Cells, access, cancellationToken));
        }

        var key = PlanKey.Of(query, access, Today(query));
        return _options.Latest is { } latest
            ? await _results.GetAsync(key, latest(), stop => ComputeAsync(query, access, key, stop), cancellationToken)
            : await ComputeAsync(query, access, key, cancellationToken);
    }

    private Task<CubeResult> ComputeAsync(CubeQuery query, CubeAccess access, string key, CancellationToken cancellationToken) =>
        _admission.RunAsync(stop => AnswerAsync(query, access, key, stop), cancellationToken);

    private async Task<CubeResult> AnswerAsync(CubeQuery query, CubeAccess access, string key, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        if (_plans.Find(key) is { } known && _options.Generation is null)
        {
            return await ReadAsync(known, query, connection, cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var plan = _plans.Find(key) ?? await PlanAsync(query, access, connection, key, cancellationToken);
        return await ReadAsync(plan, query, connection, cancellationToken);
    }

    /// <summary>The facts that a cell of an answer was computed from, by the cell's own conditions: its cube's detail columns.</summary>
    /// <exception cref="UserFaultException">As for <see cref="QueryAsync(CubeQuery, CubeAccess, CancellationToken)"/>.</exception>
    public async Task<CubeResult> DetailsAsync(DetailQuery detail, CubeAccess access, CancellationToken cancellationToken = default)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var context = await ContextAsync(detail.Query, access, connection, cancellationToken);
        var plan = new DetailPlanner(_model, detail, context).Plan();
        return await ReadAsync(new WrittenPlan(plan, SqlWriter.Statement(plan.Answer, Quoting.Of(connection))), detail.Query, connection, cancellationToken);
    }

    /// <summary>How a query of one who may see everything would be answered, without answering it.</summary>
    /// <exception cref="UserFaultException">The query cannot be answered.</exception>
    public Task<CubeExplanation> ExplainAsync(CubeQuery query, CancellationToken cancellationToken = default) =>
        ExplainAsync(query, CubeAccess.Everything, cancellationToken);

    /// <summary>How a query would be answered, without answering it.</summary>
    /// <exception cref="UserFaultException">As for <see cref="QueryAsync(CubeQuery, CubeAccess, CancellationToken)"/>.</exception>
    public async Task<CubeExplanation> ExplainAsync(CubeQuery query, CubeAccess access, CancellationToken cancellationToken = default)
    {
        query = query.Pivot is null ? query : new Pivot(query).Cells;
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var written = await PlanAsync(query, access, connection, PlanKey.Of(query, access, Today(query)), cancellationToken);
        return new CubeExplanation(PlanText.Of(written.Plan), written.Statement.Text, written.Statement.Values);
    }

    /// <summary>
    /// Checks what the model declares against the data: that keys are unique and references lead somewhere. Answers are right as far
    /// as these rules hold.
    /// </summary>
    /// <returns>Every rule, also those that hold.</returns>
    /// <exception cref="UserFaultException">A table or column is not there.</exception>
    public async Task<IReadOnlyList<AuditFinding>> AuditAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var findings = new List<AuditFinding>();
        foreach (var cube in _model.Cubes.Values)
        {
            foreach (var (rule, offenders) in Audits.Of(cube).DistinctBy(audit => audit.Rule))
            {
                await using var command = SqlWriter.Statement(offenders, Quoting.Of(connection)).Command(connection);
                findings.Add(new AuditFinding(cube.Name, rule, Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture)));
            }
        }

        return findings;
    }

    private async Task<CubeResult> ReadAsync(WrittenPlan written, CubeQuery query, DbConnection connection, CancellationToken cancellationToken)
    {
        var generation = _options.Generation is { } read ? await read(connection, cancellationToken) : null;
        await using var command = written.Statement.Command(connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ResultReader.ReadAsync(reader, written.Plan, new CubeResult
        {
            Generation = generation,
            AsOf = query.AsOf,
            Definition = _model.Hash,
            Columns = [],
            Rows = [],
        }, _options.Limits.MostRows, cancellationToken);
    }

    /// <summary>Plans and writes a query. A plan that depends on the query and the model alone is kept for the next time.</summary>
    private async Task<WrittenPlan> PlanAsync(
        CubeQuery query, CubeAccess access, DbConnection connection, string key, CancellationToken cancellationToken)
    {
        var quote = Quoting.Of(connection);
        var planner = new QueryPlanner(_model, query, await ContextAsync(query, access, connection, cancellationToken));
        var bounds = planner.Bounds;
        if (bounds is not null)
        {
            await using var command = SqlWriter.Statement(bounds, quote).Command(connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            planner.Bound(Day(reader, 0), Day(reader, 1));
        }

        var plan = planner.Plan();
        var written = new WrittenPlan(plan, SqlWriter.Statement(plan.Answer, quote));
        if (bounds is null)
        {
            _plans.Keep(key, written);
        }

        return written;
    }

    private async Task<PlanningContext> ContextAsync(
        CubeQuery query, CubeAccess access, DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var cube in _model.Cubes.Count == 1 ? _model.Cubes.Values : CubeReferences.Of(_model, query))
        {
            await _catalog.ReadAsync(cube, connection, Quoting.Of(connection), cancellationToken);
        }

        var today = Today(query);
        return new PlanningContext(_catalog, access, today, query.AsOf, EndOf(today));
    }

    private DateOnly Today(CubeQuery query) =>
        query.AsOf ?? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_options.Time.GetUtcNow(), _options.TimeZone).DateTime);

    /// <summary>The instant at which a day ends. Where clocks skip midnight, the next day begins later.</summary>
    private DateTimeOffset EndOf(DateOnly day)
    {
        var end = (day == DateOnly.MaxValue ? day : day.AddDays(1)).ToDateTime(TimeOnly.MinValue);
        while (_options.TimeZone.IsInvalidTime(end))
        {
            end = end.AddMinutes(15);
        }

        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(end, _options.TimeZone), TimeSpan.Zero);
    }

    private static DateOnly? Day(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);
}
