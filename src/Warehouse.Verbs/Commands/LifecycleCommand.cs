using System.CommandLine;
using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Lifecycle;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse lifecycle</c>: the stages of customers' lives, and who moved between them.</summary>
internal static class LifecycleCommand
{
    public static Command Create(TimeProvider time)
    {
        var customers = new CustomerListArguments(
            "Give every customer's stage and its reason.", "Give the customers of this stage; with --since and --from those who moved into it.");
        var from = new Option<string?>("--from") { Description = $"The stage that those of --of were in on the date of --since; \"{LifecycleCharts.NotKnown}\" for none.", HelpName = "STAGE" };
        var since = new Option<string?>("--since") { Description = "Show who moved from which stage to which since an earlier date.", HelpName = "DATE" };
        var stages = new FileOption("--stages", "The rules, where they are not the workspace's lifecycle.yaml or the customary eight.");
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("lifecycle", "Show the stages of customers' lives, from recruitment to win-back.")
        {
            since, from, stages, workspace, format, path,
        };
        customers.AddTo(command);
        date.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            await using var database = await WarehouseDatabase.OpenReadOnlyAsync(CommonOptions.Open(parsed, workspace), time, stop);
            await using var connection = await database.ConnectAsync(stop);
            var map = MapOf(database.Workspace, stages.PathIn(parsed));
            var asOf = await date.ReadAsync(parsed, connection, database.Workspace, time, stop);
            var writer = CommonOptions.Writer(parsed, format, path);
            if (CommonOptions.Date(parsed, since) is { } earlier)
            {
                var names = map.Stages.Select(stage => stage.Name).ToList();
                var group = customers.Group(parsed, names, "stage");
                if (customers.AreAsked(parsed) && (group is null || parsed.GetValue(from) is null))
                {
                    throw new WrongCommandException("--customers gives the stages of one date and --since the moves between two: ask for one of them, or for those who moved with --from and --of.");
                }

                var before = asOf.HasHindsight
                    ? Analysis.Populations.AsOf.EndOfWithHindsight(earlier, database.Workspace.Definition.TimeZone)
                    : Analysis.Populations.AsOf.EndOf(earlier, database.Workspace.Definition.TimeZone);
                var notes = new List<string> { $"Compared with {before}." };
                if (group is not null)
                {
                    var origin = parsed.GetValue(from)!;
                    if (origin != LifecycleCharts.NotKnown && !names.Contains(origin))
                    {
                        throw new WrongCommandException($"There is no stage \"{origin}\". {NearNames.Hint(origin, [.. names, LifecycleCharts.NotKnown], "stages")}");
                    }

                    var movers = await LifecycleAnalysis.MoversAsync(
                        connection, before, asOf, map, origin == LifecycleCharts.NotKnown ? null : origin, group, stop);
                    await writer.WriteAsync(customers.Cut(parsed, LifecycleAnswer.CustomersOf(movers), null, notes), stop, "Who moved");
                    parsed.Caller().Tell(movers.After.Words, notes);
                    return ExitCode.Done;
                }

                var moved = await LifecycleAnalysis.CompareAsync(connection, before, asOf, map, stop);
                if (writer.HasCharts)
                {
                    await writer.WriteAsync(LifecycleCharts.Of(moved), stop);
                }
                else
                {
                    await writer.WriteAsync(LifecycleAnswer.Of(moved), stop, "Lifecycle transitions");
                }

                parsed.Caller().Tell(moved.After.Words, [.. notes, .. moved.After.Notes]);
                return ExitCode.Done;
            }

            await using var activity = await CustomerActivity.GatherAsync(connection, asOf, stop);
            await using var staged = await CustomerStages.ComputeAsync(activity, map, stop);
            if (parsed.GetValue(from) is not null)
            {
                throw new WrongCommandException("--from says where customers came from since a date: give it with --since.");
            }

            if (writer.HasCharts && !customers.AreAsked(parsed))
            {
                await writer.WriteAsync(LifecycleCharts.Of(staged.Result), stop);
                parsed.Caller().Tell(staged.Result.Words, staged.Result.Notes);
                return ExitCode.Done;
            }

            List<string> told = [.. staged.Result.Notes];
            await writer.WriteAsync(
                customers.AreAsked(parsed)
                    ? customers.Cut(parsed, await LifecycleAnswer.CustomersAsync(staged, customers.Group(parsed, [.. map.Stages.Select(stage => stage.Name)], "stage"), stop), null, told)
                    : LifecycleAnswer.Of(staged.Result),
                stop,
                "Lifecycle stages");
            parsed.Caller().Tell(staged.Result.Words, told);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The rules: a file that was named, the workspace's own, or the customary ones.</summary>
    public static StageMap MapOf(Workspace workspace, string? file)
    {
        const string OwnRules = "lifecycle.yaml";
        return file is not null ? StageMap.Load(file)
            : File.Exists(workspace.PathOf(OwnRules)) ? StageMap.Load(workspace.PathOf(OwnRules), OwnRules)
            : StageMap.Customary;
    }
}
