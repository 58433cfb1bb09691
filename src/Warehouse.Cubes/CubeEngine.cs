using System.Data.Common;
using System.Globalization;
using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Rollups;
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
    private readonly MemoryWatch? _memory;

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
        _memory = _options is { HeldBytes: { } held, Limits.MostBytes: { } most } ? new MemoryWatch(database, held, most, _options.Time) : null;
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
        LimitedAsync(stop => AnswerAsync(query, access, key, stop), cancellationToken);

    /// <summary>Lets a question to the database take no more than it may. What the engine cannot compute is the question's fault.</summary>
    private async Task<CubeResult> LimitedAsync(Func<CancellationToken, Task<CubeResult>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await _admission.RunAsync(stop => _memory is null ? ask(stop) : _memory.RunAsync(ask, stop), cancellationToken);
        }
        catch (DbException fault) when (fault.SqlState is "53200")
        {
            throw MemoryWatch.OutOfMemory(fault);
        }
        catch (DbException fault) when (fault.SqlState is ['2', '2', ..])
        {
            throw new UserFaultException($"This cannot be computed: {fault.Message}", fault);
        }
    }

    private async Task<CubeResult> AnswerAsync(CubeQuery query, CubeAccess access, string key, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        return _options.Generation is null
            ? await AnswerAsync(query, access, key, connection, cancellationToken)
            : await AnswerWithGenerationOrAgainAsync(query, access, key, connection, cancellationToken);
    }

    private async Task<CubeResult> AnswerWithGenerationOrAgainAsync(CubeQuery query, CubeAccess access, string key, DbConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerWithGenerationAsync(query, access, key, connection, cancellationToken);
        }
        catch (RollupGoneException)
        {
            return await AnswerWithGenerationAsync(query, access, key, connection, cancellationToken);
        }
    }

    /// <summary>The answer is one statement, so that it needs no transaction around it, unless the days of the facts are asked first.</summary>
    private async Task<CubeResult> AnswerAsync(CubeQuery query, CubeAccess access, string key, DbConnection connection, CancellationToken cancellationToken)
    {
        if (_plans.Find(key) is { } known)
        {
            return await ReadAsync(known, query, null, connection, cancellationToken);
        }

        var context = await ContextAsync(query, access, null, connection, cancellationToken);
        var planner = new QueryPlanner(_model, query, context);
        await using var transaction = planner.Bounds is null ? null : await connection.BeginTransactionAsync(cancellationToken);
        var plan = await PlanAsync(planner, context, null, connection, key, cancellationToken);
        return await ReadAsync(plan, query, null, connection, cancellationToken);
    }

    private async Task<CubeResult> AnswerWithGenerationAsync(CubeQuery query, CubeAccess access, string key, DbConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var generation = await GenerationAsync(connection, cancellationToken);
        var plan = await FindAsync(key, generation, connection, cancellationToken) ?? await PlanAsync(query, access, generation, connection, key, cancellationToken);
        var answer = await ReadAsync(plan, query, generation, connection, cancellationToken);
        if (_options.ComparesRollups && plan.Rollups.Count > 0)
        {
            var raw = await PlanAsync(query, access, null, connection, key, cancellationToken);
            SameRows.Require(answer, await ReadAsync(raw, query, generation, connection, cancellationToken), plan.Statement.Text);
        }

        return answer;
    }

    /// <summary>The facts that a cell of an answer was computed from, by the cell's own conditions: its cube's detail columns.</summary>
    /// <exception cref="UserFaultException">As for <see cref="QueryAsync(CubeQuery, CubeAccess, CancellationToken)"/>.</exception>
    public Task<CubeResult> DetailsAsync(DetailQuery detail, CubeAccess access, CancellationToken cancellationToken = default) =>
        LimitedAsync(stop => ReadDetailsAsync(detail, access, stop), cancellationToken);

    /// <summary>
    /// Gives the facts behind an answer to one who passes them on as they come: they are as many as they are, and nobody holds them.
    /// </summary>
    /// <param name="detail">Whose facts.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="pass">Takes what the rows are, without any, and a reader before the first of them, whose first columns they are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserFaultException">As for <see cref="QueryAsync(CubeQuery, CubeAccess, CancellationToken)"/>.</exception>
    public Task<CubeResult> StreamDetailsAsync(
        DetailQuery detail, CubeAccess access, Func<CubeResult, DbDataReader, CancellationToken, Task> pass, CancellationToken cancellationToken = default) =>
        LimitedAsync(
            stop => WithDetailsAsync(
                detail,
                access,
                async (written, generation, connection) =>
                {
                    await using var command = written.Statement.Command(connection);
                    await using var reader = await command.ExecuteReaderAsync(stop);
                    var head = Head(detail.Query, generation) with { Columns = ResultReader.Columns(reader, written.Plan) };
                    await pass(head, reader, stop);
                    return head;
                },
                stop),
            cancellationToken);

    private Task<CubeResult> ReadDetailsAsync(DetailQuery detail, CubeAccess access, CancellationToken cancellationToken) => WithDetailsAsync(
        detail, access, (written, generation, connection) => ReadAsync(written, detail.Query, generation, connection, cancellationToken), cancellationToken);

    private async Task<CubeResult> WithDetailsAsync(
        DetailQuery detail, CubeAccess access, Func<WrittenPlan, GenerationStamp?, DbConnection, Task<CubeResult>> read, CancellationToken cancellationToken)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var context = await ContextAsync(detail.Query, access, null, connection, cancellationToken);
        var plan = new DetailPlanner(_model, detail, context).Plan();
        var generation = await GenerationAsync(connection, cancellationToken);
        return await read(new WrittenPlan(plan, SqlWriter.Statement(plan.Answer, Quoting.Of(connection))), generation, connection);
    }

    private CubeResult Head(CubeQuery query, GenerationStamp? generation) => new()
    {
        Generation = generation,
        AsOf = query.AsOf,
        Definition = _model.Hash,
        Columns = [],
        Rows = [],
    };

    /// <summary>Drills down to what a member is made of: see <see cref="Drilling.Down"/>.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="level">A level of a hierarchy, such as <c>product.category</c>.</param>
    /// <param name="member">The member as answers show it; an empty text for what has no value.</param>
    /// <param name="access">Who asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserFaultException">There is no such level or member, or nothing below.</exception>
    public async Task<CubeQuery> DrillDownAsync(CubeQuery query, string level, string member, CubeAccess access, CancellationToken cancellationToken = default)
    {
        var name = QueryExpression.Parse("drill", level).Expression as Name is { Second: not null } found
            ? found
            : throw new WrongCommandException($"drill: \"{level}\" is no level. Levels are written dimension.attribute, like product.category.");
        Name[] by = [.. query.By.Concat(query.Pivot is { } pivot ? [pivot, name] : [name]).DistinctBy(key => key.Text)];
        var members = await QueryAsync(
            query with { By = by, Pivot = null, Having = null, Top = null, Limit = null, Offset = 0, Totals = QueryTotals.None, IsDense = false }, access, cancellationToken);
        var place = Array.FindIndex(by, key => key.Text == name.Text);
        var column = members.Columns[place];
        var shown = members.Rows.ToLookup(row => column.Text(row.Values[place], CultureInfo.InvariantCulture), row => row.Values[place], StringComparer.Ordinal);
        return shown.Contains(member)
            ? Drilling.Down(_model, query, name, shown[member].First())
            : throw new WrongCommandException($"No {level} of the answer is \"{member}\". {NearNames.Hint(member, shown.Select(known => known.Key).Where(known => known.Length > 0), "members")}");
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
        var generation = await GenerationAsync(connection, cancellationToken);
        var written = await PlanAsync(query, access, generation, connection, PlanKey.Of(query, access, Today(query)), cancellationToken);
        return new CubeExplanation(PlanText.Of(written.Plan), written.Statement.Text, written.Statement.Values, written.Choices);
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
        return await Audits.FindAsync(_model, _catalog, BuildingContext, connection, cancellationToken);
    }

    /// <summary>
    /// Builds every rollup of the model that does not hold the current generation yet, in one transaction: either all of them hold it
    /// then, or those before. Of one by periods only those periods are built anew whose facts have changed.
    /// </summary>
    /// <returns>The rollups that were built, as <c>cube.rollup</c>.</returns>
    /// <exception cref="UserFaultException">A rollup does not fit the tables.</exception>
    public async Task<IReadOnlyList<string>> BuildRollupsAsync(CancellationToken cancellationToken = default)
    {
        if (!HasRollups)
        {
            return [];
        }

        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var generation = await GenerationAsync(connection, cancellationToken)
            ?? throw new UserFaultException("Rollups hold a generation of the data, and this database has none.");
        var built = await Upkeep(connection).BuildAsync(generation, BuildingContext, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _plans.Clear();
        return built;
    }

    /// <summary>The rollups that do not hold the current generation, as <c>cube.rollup</c> with the reason.</summary>
    public async Task<IReadOnlyList<string>> StaleRollupsAsync(CancellationToken cancellationToken = default)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        return HasRollups && await GenerationAsync(connection, cancellationToken) is { } generation
            ? await Upkeep(connection).StaleAsync(generation, cancellationToken)
            : [];
    }

    /// <summary>Proposes rollups that would have answered what was asked, by what these questions took and what the rollups would hold.</summary>
    /// <param name="asked">What <see cref="CubeEngineOptions.Asked"/> was told.</param>
    /// <returns>At most three for each cube, the best first; none where facts are as quickly read.</returns>
    /// <exception cref="UserFaultException">The database does not answer.</exception>
    public async Task<IReadOnlyList<RollupSuggestion>> SuggestRollupsAsync(IEnumerable<AskedQuery> asked, CancellationToken cancellationToken = default)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        return await Upkeep(connection).SuggestAsync(asked, BuildingContext, cancellationToken);
    }

    private RollupUpkeep Upkeep(DbConnection connection) => new(_model, _catalog, connection);

    private PlanningContext BuildingContext()
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_options.Time.GetUtcNow(), _options.TimeZone).DateTime);
        return new PlanningContext(_catalog, CubeAccess.Everything, today, null, EndOf)
        {
            Parameters = new ParameterValues(_model.Parameters.Values, new Dictionary<string, string>(StringComparer.Ordinal), today),
        };
    }

    private bool HasRollups => _model.Cubes.Values.Any(cube => cube.Rollups.Count > 0);

    private async Task<GenerationStamp?> GenerationAsync(DbConnection connection, CancellationToken cancellationToken) =>
        _options.Generation is { } read ? await read(connection, cancellationToken) : null;

    /// <summary>
    /// A plan that was made before. One that reads rollups is taken only where this transaction, too, sees them hold its generation:
    /// it may have begun before they were built.
    /// </summary>
    /// <exception cref="RollupGoneException">A rollup that it reads is gone; the plans are forgotten, and the transaction is of no use any more.</exception>
    private async Task<WrittenPlan?> FindAsync(string key, GenerationStamp? generation, DbConnection connection, CancellationToken cancellationToken)
    {
        var plan = _plans.Find(Keyed(key, generation));
        if (plan is not { Rollups.Count: > 0 })
        {
            return plan;
        }

        try
        {
            return await RollupStates.AreHeldAsync(plan.Rollups, generation!, _model.Hash, connection, Quoting.Of(connection), cancellationToken) ? plan : null;
        }
        catch (DbException gone)
        {
            _plans.Clear();
            throw new RollupGoneException(gone);
        }
    }

    /// <summary>A plan that may read rollups is of the generation that they hold.</summary>
    private string Keyed(string key, GenerationStamp? generation) =>
        HasRollups ? FormattableString.Invariant($"{generation?.Number ?? -1}@{key}") : key;

    private async Task<CubeResult> ReadAsync(
        WrittenPlan written, CubeQuery query, GenerationStamp? generation, DbConnection connection, CancellationToken cancellationToken)
    {
        var began = _options.Time.GetTimestamp();
        await using var command = written.Statement.Command(connection);
        var execution = Stages.Execute();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        execution?.Dispose();
        using var reading = Stages.Read();
        var result = await ResultReader.ReadAsync(reader, written.Plan, Head(query, generation), _options.Limits.MostRows, cancellationToken);
        await reader.DisposeAsync();
        Stages.Answered(reading, result.Rows.Count);
        foreach (var snapshots in written.Snapshots)
        {
            if (await snapshots.NoteAsync(result, connection, Quoting.Of(connection), cancellationToken) is { } note)
            {
                result = result with { Notes = [.. result.Notes, note] };
            }
        }

        if (_options.Asked is { } tell)
        {
            foreach (var need in written.Needs)
            {
                tell(need with { Milliseconds = _options.Time.GetElapsedTime(began).TotalMilliseconds });
            }
        }

        return result;
    }

    private async Task<WrittenPlan> PlanAsync(
        CubeQuery query, CubeAccess access, GenerationStamp? generation, DbConnection connection, string key, CancellationToken cancellationToken)
    {
        var context = await ContextAsync(query, access, generation, connection, cancellationToken);
        return await PlanAsync(new QueryPlanner(_model, query, context), context, generation, connection, key, cancellationToken);
    }

    /// <summary>Plans and writes a query. A plan that depends on the query and the model alone is kept for the next time.</summary>
    private async Task<WrittenPlan> PlanAsync(
        QueryPlanner planner, PlanningContext context, GenerationStamp? generation, DbConnection connection, string key, CancellationToken cancellationToken)
    {
        using var stage = Stages.Plan();
        var quote = Quoting.Of(connection);
        var bounds = planner.Bounds;
        if (bounds is not null)
        {
            await using var command = SqlWriter.Statement(bounds, quote).Command(connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            planner.Bound(Day(reader, 0), Day(reader, 1));
        }

        var plan = planner.Plan();
        var written = new WrittenPlan(plan, SqlWriter.Statement(plan.Answer, quote)) { Choices = context.Choices, Rollups = context.Taken, Needs = context.Needs, Snapshots = context.Snapshots };
        if (bounds is null && (!HasRollups || generation is not null))
        {
            _plans.Keep(Keyed(key, generation), written);
        }

        return written;
    }

    private async Task<PlanningContext> ContextAsync(
        CubeQuery query, CubeAccess access, GenerationStamp? generation, DbConnection connection, CancellationToken cancellationToken)
    {
        var quote = Quoting.Of(connection);
        Cube[] cubes = [.. _model.Cubes.Count == 1 ? _model.Cubes.Values : CubeReferences.Of(_model, query)];
        foreach (var cube in cubes)
        {
            await _catalog.ReadAsync(cube, connection, quote, cancellationToken);
        }

        var today = Today(query);
        return new PlanningContext(_catalog, access, today, query.AsOf, EndOf)
        {
            Parameters = new ParameterValues(_model.Parameters.Values.Concat(query.Declared), query.Parameters, today),
            Rollups = generation is not null && HasRollups
                ? await RollupStates.ReadAsync(cubes.SelectMany(cube => cube.Rollups.Values), generation, _model.Hash, connection, quote, cancellationToken)
                : null,
        };
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
