using System.CommandLine;
using Warehouse.Cubes;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Rollups;
using Warehouse.Cubes.Serving;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse query CUBE --measures A,B [--by X,Y] …</c>: answers a question to a cube.</summary>
internal static class QueryCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new QueryOptions();
        var details = new Option<string?>("--details")
        {
            Description = "Show the facts behind the answer, or behind one of its cells or measures, instead of the answer.",
            HelpName = "MEASURE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var cell = new Option<string?>("--cell")
        {
            Description = "With --details: the row whose facts are shown, by its members as they are shown, such as \"Books,2025-01\"; * for a total.",
            HelpName = "V,W",
        };
        var down = new Option<string[]>("--drill-down") { Description = "Show what one member is made of, by the next finer level, such as product.category=Books; may be given more than once.", HelpName = "LEVEL=MEMBER" };
        var up = new Option<string[]>("--drill-up") { Description = "Show rows without the finest level of this dimension that they are by; after --drill-down.", HelpName = "DIMENSION" };
        var audit = new Option<bool>("--audit") { Description = "Check what the cubes, or one of them, declare of keys and references; ends with 3 where something is untrue." };
        var roles = new Option<string?>("--role") { Description = "Show what people of these roles may see, separated by commas.", HelpName = "R" };
        var language = new Option<string?>("--language") { Description = "The language of captions in tables, such as de.", HelpName = "L" };
        var explain = new Option<bool>("--explain") { Description = "Show how it would be answered, and do not answer." };
        var suggest = new Option<bool>("--suggest-rollups") { Description = "Propose rollups that would have answered what was asked of this workspace, or of one cube." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("query", "Answer a question to a cube.");
        options.AddTo(command);
        foreach (var option in new Option[] { down, up, details, cell, roles, language, explain, suggest, audit, workspace, format, path })
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(suggest))
            {
                var from = CommonOptions.Open(parsed, workspace);
                await SuggestAsync(from, options.Cube(parsed), CommonOptions.Writer(parsed, format, path), time, stop);
                return ExitCode.Done;
            }

            if (parsed.GetValue(audit))
            {
                return await AuditAsync(CommonOptions.Open(parsed, workspace), options.Cube(parsed), CommonOptions.Writer(parsed, format, path), time, stop);
            }

            var query = options.Read(parsed);
            var place = CommonOptions.Open(parsed, workspace);
            var writer = CommonOptions.Writer(parsed, format, path);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            var engine = parsed.Caller().Cubes?.Invoke(database) ?? Engine(database, time);
            var access = parsed.Caller().Access(engine.Model, parsed.GetValue(roles));
            var (downs, ups) = (parsed.GetValue(down) ?? [], parsed.GetValue(up) ?? []);
            query = await DrilledAsync(engine, query, downs, ups, access, stop);
            if (parsed.GetValue(explain))
            {
                Explain(await engine.ExplainAsync(query, access, stop), parsed.Caller().Output);
                return ExitCode.Done;
            }

            var isDetailed = parsed.GetResult(details) is not null;
            if (!isDetailed && parsed.GetValue(cell) is not null)
            {
                throw new WrongCommandException("--cell says whose facts --details shows: give both.");
            }

            var detail = isDetailed ? await DetailAsync(engine, query, parsed.GetValue(details), parsed.GetValue(cell), access, stop) : null;
            if (detail is not null && writer.Format == AnswerFormat.Arrow)
            {
                await writer.StreamAsync(stream => engine.StreamDetailsAsync(
                    detail, access, (head, rows, end) => ((DuckDBDataReader)rows).WriteArrowStreamAsync(stream, head.Columns.Count, end), stop));
                return ExitCode.Done;
            }

            var result = detail is not null ? await engine.DetailsAsync(detail, access, stop) : await engine.QueryAsync(query, access, stop);
            foreach (var note in result.Notes)
            {
                await parsed.Caller().Error.WriteLineAsync($"Note: {note}");
            }

            var answer = CubeAnswer.Of(result, writer.Format == AnswerFormat.Table, parsed.GetValue(language));
            await writer.WriteAsync(downs.Length + ups.Length > 0 ? answer with { Asked = CubeAnswer.Moved(query) } : answer, stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task SuggestAsync(Workspace workspace, string? cube, AnswerWriter writer, TimeProvider time, CancellationToken stop)
    {
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, stop);
        var engine = Engine(database, time);
        if (cube is not null)
        {
            engine.Model.Cube(cube);
        }

        var asked = Log(workspace).Read().Where(query => cube is null || query.Cube == cube).ToArray();
        var suggestions = await engine.SuggestRollupsAsync(asked, stop);
        if (suggestions.Count == 0)
        {
            writer.Caller.Tell($"no rollup would help with the {asked.Length} questions that were asked and not answered from one", []);
        }

        await using var connection = await database.Source.OpenConnectionAsync(stop);
        var generation = await Generation.CurrentAsync(connection, stop);
        await writer.WriteAsync(RollupAnswer.Of(suggestions, generation.Number, engine.Model.Hash), stop);
    }

    /// <summary>Down to what members are made of, one after the other, then up.</summary>
    private static async Task<CubeQuery> DrilledAsync(CubeEngine engine, CubeQuery query, string[] downs, string[] ups, CubeAccess access, CancellationToken stop)
    {
        foreach (var down in downs)
        {
            query = down.Split('=', 2) is [var level, var member]
                ? await engine.DrillDownAsync(query, level.Trim(), member.Trim(), access, stop)
                : throw new WrongCommandException($"'--drill-down {down}' names no member. Write '--drill-down {down}=…', with nothing after the sign for what has no value.");
        }

        return ups.Aggregate(query, (drilled, dimension) => Drilling.Up(engine.Model, drilled, dimension));
    }

    private static async Task<int> AuditAsync(Workspace workspace, string? cube, AnswerWriter writer, TimeProvider time, CancellationToken stop)
    {
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, stop);
        var engine = Engine(database, time);
        if (cube is not null)
        {
            engine.Model.Cube(cube);
        }

        var findings = (await engine.AuditAsync(stop)).Where(finding => cube is null || finding.Cube == cube).ToArray();
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await writer.WriteAsync(AuditAnswer.Of(findings, (await Generation.CurrentAsync(connection, stop)).Number, engine.Model.Hash), stop);
        return findings.Any(finding => finding.Offenders > 0) ? ExitCode.DoneWithReserve : ExitCode.Done;
    }

    /// <summary>What was asked of a workspace, beside its database.</summary>
    private static QueryLog Log(Workspace workspace) => new(Path.ChangeExtension(workspace.DatabasePath, "queries.jsonl"));

    /// <summary>The facts behind an answer. A limit is one of facts.</summary>
    private static async Task<DetailQuery> DetailAsync(
        CubeEngine engine, CubeQuery query, string? measure, string? cell, CubeAccess access, CancellationToken stop)
    {
        var whole = query with { By = [.. query.By.Concat(query.Pivot is { } pivot ? [pivot] : []).DistinctBy(key => key.Text)], Limit = null, Offset = 0, Pivot = null };
        var row = cell is null ? null : (await engine.QueryAsync(whole, access, stop)).Row(cell);
        return new DetailQuery(whole, row, measure, query.Limit);
    }

    /// <summary>The engine over a workspace's cubes, telling the generation of each answer.</summary>
    /// <param name="database">The workspace's database.</param>
    /// <param name="time">The clock.</param>
    /// <param name="limits">How much questions may take; null limits nothing.</param>
    /// <param name="latest">Tells the newest generation, so that answers are kept until the next; null keeps none.</param>
    public static CubeEngine Engine(WarehouseDatabase database, TimeProvider time, QueryLimits? limits = null, Func<GenerationStamp>? latest = null) => new(
        database.Source,
        CubeModel.Load(database.Workspace.Folder),
        new CubeEngineOptions
        {
            Time = time,
            TimeZone = database.Workspace.Definition.TimeZone,
            Asked = Log(database.Workspace).Add,
            Limits = limits ?? new QueryLimits(),
            HeldBytes = limits?.MostBytes is null ? null : EngineMemory.HeldByQueriesAsync,
            Latest = latest,
            Generation = async (connection, stop) =>
            {
                var generation = await Generation.CurrentAsync(connection, stop);
                return new GenerationStamp(generation.Number, generation.PublishedAt);
            },
        });

    private static void Explain(CubeExplanation explanation, TextWriter output)
    {
        foreach (var step in explanation.Plan)
        {
            output.WriteLine($"-- {step}");
        }

        foreach (var choice in explanation.Rollups)
        {
            output.WriteLine($"-- rollup {choice.Rollup}: {(choice.Refusal is { } refusal ? $"not taken, for {refusal}" : "taken")}");
        }

        output.WriteLine(explanation.Sql);
        for (var place = 0; place < explanation.Parameters.Count; place++)
        {
            output.WriteLine($"-- ${place + 1} = {ValueText.Invariant(explanation.Parameters[place])}");
        }
    }
}
