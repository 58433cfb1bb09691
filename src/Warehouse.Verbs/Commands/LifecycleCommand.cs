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
        var customers = new Option<bool>("--customers") { Description = "Give every customer's stage and its reason." };
        var since = new Option<string?>("--since") { Description = "Show who moved from which stage to which since an earlier date.", HelpName = "DATE" };
        var stages = new FileOption("--stages", "The rules, where they are not the workspace's lifecycle.yaml or the customary eight.");
        var date = new AsOfArguments();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.FormatWithCharts();
        var path = CommonOptions.Out();
        var command = new Command("lifecycle", "Show the stages of customers' lives, from recruitment to win-back.")
        {
            customers, since, stages, workspace, format, path,
        };
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
                if (parsed.GetValue(customers))
                {
                    throw new WrongCommandException("--customers gives the stages of one date and --since the moves between two: ask for one of them.");
                }

                var before = asOf.HasHindsight
                    ? Analysis.Populations.AsOf.EndOfWithHindsight(earlier, database.Workspace.Definition.TimeZone)
                    : Analysis.Populations.AsOf.EndOf(earlier, database.Workspace.Definition.TimeZone);
                var moved = await LifecycleAnalysis.CompareAsync(connection, before, asOf, map, stop);
                if (writer.HasCharts)
                {
                    await writer.WriteAsync(LifecycleCharts.Of(moved), stop);
                }
                else
                {
                    await writer.WriteAsync(LifecycleAnswer.Of(moved), stop, "Lifecycle transitions");
                }

                parsed.Caller().Tell(moved.After.Words, [$"Compared with {moved.Before.AsOf}.", .. moved.After.Notes]);
                return ExitCode.Done;
            }

            await using var activity = await CustomerActivity.GatherAsync(connection, asOf, stop);
            await using var staged = await CustomerStages.ComputeAsync(activity, map, stop);
            if (writer.HasCharts && !parsed.GetValue(customers))
            {
                await writer.WriteAsync(LifecycleCharts.Of(staged.Result), stop);
                parsed.Caller().Tell(staged.Result.Words, staged.Result.Notes);
                return ExitCode.Done;
            }

            await writer.WriteAsync(
                parsed.GetValue(customers) ? await LifecycleAnswer.CustomersAsync(staged, stop) : LifecycleAnswer.Of(staged.Result),
                stop,
                "Lifecycle stages");
            parsed.Caller().Tell(staged.Result.Words, staged.Result.Notes);
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
