using System.CommandLine;
using Warehouse.Cli.Output;
using Warehouse.Cubes;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Store;

namespace Warehouse.Cli.Commands;

/// <summary><c>warehouse query CUBE --measures A,B [--by X,Y] …</c>: answers a question to a cube.</summary>
internal static class QueryCommand
{
    public static Command Create(TimeProvider time)
    {
        var cube = new Argument<string>("cube") { Description = "The cube." };
        var measures = new Option<string?>("--measures") { Description = "Measures, or expressions over them, separated by commas.", HelpName = "A,B", Required = true };
        var by = new Option<string?>("--by") { Description = "Members that the rows are grouped by, such as date.month,product.category.", HelpName = "X,Y" };
        var where = new Option<string?>("--where") { Description = "Which facts count.", HelpName = "EXPR" };
        var having = new Option<string?>("--having") { Description = "Which rows are shown, by their measures.", HelpName = "EXPR" };
        var order = new Option<string?>("--order") { Description = "The order of the rows, such as \"net_sales desc\".", HelpName = "X" };
        var limit = new Option<long?>("--limit") { Description = "At most so many rows.", HelpName = "N" };
        var totals = new Option<string?>("--totals")
        {
            Description = "Totals: rollup (also when nothing follows), grand, cube, or sets such as \"(date.year), ()\".",
            HelpName = "WHICH",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var top = new Option<string?>("--top") { Description = "Only the first members have rows, all others are one, such as \"top 5 product.name by net_sales\".", HelpName = "EXPR" };
        var dense = new Option<bool>("--dense") { Description = "Show every period, also those without facts." };
        var explain = new Option<bool>("--explain") { Description = "Show how it would be answered, and do not answer." };
        var asOf = CommonOptions.AsOf();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("query", "Answer a question to a cube.")
        {
            cube, measures, by, where, having, order, limit, top, totals, dense, explain, asOf, workspace, format, path,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var query = new QueryTexts
            {
                Cube = parsed.GetValue(cube)!,
                Measures = parsed.GetValue(measures),
                By = parsed.GetValue(by),
                Where = parsed.GetValue(where),
                Having = parsed.GetValue(having),
                Order = parsed.GetValue(order),
                Limit = parsed.GetValue(limit),
                Top = parsed.GetValue(top),
                IsDense = parsed.GetValue(dense),
                Totals = parsed.GetResult(totals) is null ? null : parsed.GetValue(totals) ?? "",
                AsOf = parsed.GetValue(asOf),
            }.Parse();
            var place = CommonOptions.Open(parsed, workspace);
            var writer = CommonOptions.Writer(parsed, format, path);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
            var engine = Engine(database, time);
            if (parsed.GetValue(explain))
            {
                Explain(await engine.ExplainAsync(query, stop));
                return ExitCode.Done;
            }

            var result = await engine.QueryAsync(query, stop);
            await writer.WriteAsync(CubeAnswer.Of(result, writer.Format == AnswerFormat.Table), stop);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The engine over a workspace's cubes, telling the generation of each answer.</summary>
    public static CubeEngine Engine(WarehouseDatabase database, TimeProvider time) => new(
        database.Source,
        CubeModel.Load(database.Workspace.Folder),
        new CubeEngineOptions
        {
            Time = time,
            TimeZone = database.Workspace.Definition.TimeZone,
            Generation = async (connection, stop) =>
            {
                var generation = await Generation.CurrentAsync(connection, stop);
                return new GenerationStamp(generation.Number, generation.PublishedAt);
            },
        });

    private static void Explain(CubeExplanation explanation)
    {
        foreach (var step in explanation.Plan)
        {
            Console.Out.WriteLine($"-- {step}");
        }

        Console.Out.WriteLine(explanation.Sql);
        for (var place = 0; place < explanation.Parameters.Count; place++)
        {
            Console.Out.WriteLine($"-- ${place + 1} = {ValueText.Invariant(explanation.Parameters[place])}");
        }
    }
}
