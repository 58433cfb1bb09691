using System.CommandLine;
using System.Data.Common;
using Spectre.Console;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Campaigns.Segments;
using Warehouse.Cubes.Query;
using Warehouse.Etl.Loading;
using Warehouse.SampleData;
using Warehouse.Store;
using Warehouse.Verbs;
using Warehouse.Verbs.Commands;
using Warehouse.Verbs.Output;

namespace Warehouse.Cli.Demo;

/// <summary><c>warehouse demo</c>: the whole loop on the sample workspace.</summary>
internal static class DemoCommand
{
    private const string ListName = "lapsing_best";

    public static Command Create(TimeProvider time)
    {
        var folder = new Option<string?>("--workspace", "-w")
        {
            Description = "The folder that the sample workspace is put in; else one for temporary files, made anew.",
            HelpName = "DIR",
        };
        var customers = new Option<int?>("--customers")
        {
            Description = "Make a retailer of this many customers instead of the sample's 20,000.",
            HelpName = "N",
        };
        customers.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < RetailOptions.FewestCustomers or > RetailOptions.MostCustomers)
            {
                result.AddError(FormattableString.Invariant(
                    $"--customers is from {RetailOptions.FewestCustomers} to {RetailOptions.MostCustomers}."));
            }
        });
        var command = new Command("demo", "Show the whole loop on the sample workspace.") { folder, customers };
        command.SetAction(async (parsed, stop) =>
        {
            var caller = parsed.Caller();
            var path = DemoFolder.Prepare(parsed.GetValue(folder));
            await FillAsync(caller, path, parsed.GetValue(customers), stop);
            var workspace = Workspace.Open(path);
            await LoadAsync(caller, workspace, time, stop);
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, stop);
            await using var connection = await database.ConnectAsync(stop);
            await AskCubeAsync(caller, database, time, stop);
            await AnalyseAsync(caller, database, connection, time, stop);
            SayWhatNext(caller, path);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task FillAsync(Caller caller, string path, int? customers, CancellationToken stop)
    {
        if (customers is null)
        {
            DemoFolder.CopyData(path);
            return;
        }

        await StepProgress.RunAsync<RetailProgress, RetailTotals>(
            caller,
            "Making a retailer",
            step => FormattableString.Invariant($"Making a retailer: {step.Stage} {step.Done:#,##0} of {step.Total:#,##0}"),
            progress => RetailGenerator.GenerateAsync(
                new RetailOptions { Customers = customers.Value }, Path.Combine(path, "data"), Path.Combine(path, "truth"), progress, stop));
    }

    private static async Task LoadAsync(Caller caller, Workspace workspace, TimeProvider time, CancellationToken stop)
    {
        var report = await LoadCommand.RunAsync(caller, workspace, [], null, time, stop);
        var feeds = report.Files.GroupBy(file => file.Feed)
            .Select(feed => new FileReport(
                feed.Key,
                FormattableString.Invariant($"{feed.Count()} {(feed.Count() == 1 ? "file" : "files")}"),
                feed.Sum(file => file.RowsRead),
                feed.Sum(file => file.RowsLoaded),
                feed.Sum(file => file.RowsCorrected),
                feed.Sum(file => file.RowsDeleted),
                feed.Sum(file => file.RowsRejected),
                feed.Sum(file => file.RowsAlreadyLoaded),
                feed.All(file => file.IsKnown),
                feed.Any(file => file.IsBeyondLimit)));
        Chapter(caller, "Collect: what the feeds brought; rejected rows are kept with their reasons");
        TableAnswer.Write(LoadAnswer.Of(report with { Files = [.. feeds] }), caller.Terminal);
    }

    private static async Task AskCubeAsync(Caller caller, WarehouseDatabase database, TimeProvider time, CancellationToken stop)
    {
        Chapter(caller, "Understand: a cube answers, subtotals right for every measure");
        var query = new QueryTexts
        {
            Cube = "sales",
            Measures = "net_sales, orders, customers",
            By = "date.year, channel.name",
            Totals = "rollup",
        };
        var result = await QueryCommand.Engine(database, time).QueryAsync(query.Parse(), stop);
        TableAnswer.Write(CubeAnswer.Of(result, forPeople: true), caller.Terminal);
    }

    private static async Task AnalyseAsync(Caller caller, WarehouseDatabase database, DbConnection connection, TimeProvider time, CancellationToken stop)
    {
        var workspace = database.Workspace;
        var population = new PopulationOptions(await AsOf.LatestAsync(connection, workspace.Definition.TimeZone, time, stop));
        var rfm = await RfmAnalysis.RunAsync(connection, new RfmOptions(population), stop);
        Chapter(caller, "Understand: who they are, by recency, frequency and monetary value");
        TableAnswer.Write(RfmAnswer.Of(rfm), caller.Terminal);

        var tiers = await TierAnalysis.RunAsync(connection, new TierOptions(population), stop);
        Chapter(caller, "Understand: who makes the business (80/20)");
        TableAnswer.Write(TierAnswer.Of(tiers), caller.Terminal);
        if (tiers.Concentration is { } spread)
        {
            caller.Terminal.WriteLine(TierAnswer.Sentences(spread));
        }

        var segments = Campaigns.Segments.Segment.ReadAll(workspace);
        var segment = Campaigns.Segments.Segment.Find(segments, ListName);
        var members = await SegmentMembers.FindAsync(connection, segment, segments, population, stop);
        Chapter(caller, $"Target: {segment.Description!.Trim()}");
        TableAnswer.Write(SegmentAnswer.Of(members with { Members = [.. members.Members.Take(5)] }), caller.Terminal);
        Directory.CreateDirectory(workspace.PathOf("exports"));
        var list = workspace.PathOf($"exports/{ListName}.csv");
        await new AnswerWriter(caller, AnswerFormat.Csv, list).WriteAsync(SegmentAnswer.Of(members), stop);
        caller.Terminal.WriteLine(FormattableString.Invariant($"All {members.Members.Count:#,##0} are in {list}"));
    }

    private static void SayWhatNext(Caller caller, string path)
    {
        Chapter(caller, "What to try next");
        var program = Environment.ProcessPath is { } self ? Path.GetRelativePath(Directory.GetCurrentDirectory(), self) : "warehouse";
        foreach (var words in new[]
        {
            "query sales --measures net_sales,orders --by product.category --order \"net_sales desc\"",
            "query contacts --measures contacts --by reason.topic --totals",
            "quality --rejects orders",
            "rfm --as-of 2025-12-31",
            "segment preview " + ListName,
            "status",
        })
        {
            caller.Output.WriteLine($"  {program} {words} -w {path}");
        }
    }

    private static void Chapter(Caller caller, string title)
    {
        caller.Terminal.WriteLine();
        caller.Terminal.Write(new Rule(Markup.Escape(title)) { Justification = Justify.Left });
    }
}
