using System.CommandLine;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Jobs;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse job list|run|history</c>: what the service runs by the clock, and what became of it.</summary>
internal static class JobCommand
{
    private const string Definition = "jobs";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Create(TimeProvider time) => new("job", "List, run and look back on the jobs that the service runs by the clock.")
    {
        List(time), Run(time), History(time),
    };

    private static Command List(TimeProvider time)
    {
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("list", "List the jobs: what they run, when they are due next, and what became of their last run.") { workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            new JobRunner(place, time).Require();
            var current = await new JobLedger(place, time).CurrentAsync(stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                JobAnswer.Of(place.Definition.Jobs, current, time.GetUtcNow(), await GenerationAsync(place, time, stop), Definition), stop);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Run(TimeProvider time)
    {
        var name = new Argument<string>("job") { Description = "The job." };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("run", "Run a job now, whatever the clock says and whatever it comes after.") { name, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            var job = Of(place, parsed.GetValue(name)!);
            var runner = new JobRunner(place, time);
            runner.Require();
            await using var owned = await OwnAsync(place, time, stop);
            var ledger = new JobLedger(place, time);
            if (owned is not null)
            {
                await ledger.RecoverAsync(stop);
            }

            var run = await BeginAsync(ledger, job, parsed.Caller(), time, stop);
            var (outcome, log) = await runner.RunAsync(ledger, job, run, stop);
            await parsed.Caller().Error.WriteAsync(log);
            var ended = await ledger.HistoryAsync(job.Name, 1_000, CancellationToken.None);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                JobAnswer.Of([.. ended.Where(other => other.DueAt == run.DueAt)], await GenerationAsync(place, time, CancellationToken.None), Definition), stop);
            return outcome switch { JobOutcome.Done => ExitCode.Done, JobOutcome.Reserve => ExitCode.DoneWithReserve, _ => ExitCode.Impossible };
        });
        return command;
    }

    private static Command History(TimeProvider time)
    {
        var name = new Argument<string?>("job") { Description = "The job; all of them where none is named.", Arity = ArgumentArity.ZeroOrOne };
        var last = new Option<int>("--last") { Description = "So many runs, the newest first.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("history", "Show the runs, the newest first, and what they said; JSON and CSV have the whole of it.") { name, last, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var place = CommonOptions.Open(parsed, workspace);
            if (parsed.GetValue(last) < 1)
            {
                throw new WrongCommandException("--last is 1 or more.");
            }

            var runs = await new JobLedger(place, time).HistoryAsync(parsed.GetValue(name), parsed.GetValue(last), stop);
            if (runs.Count == 0 && parsed.GetValue(name) is { } job)
            {
                _ = Of(place, job);
            }

            await CommonOptions.Writer(parsed, format, path).WriteAsync(JobAnswer.Of(runs, await GenerationAsync(place, time, stop), Definition), stop);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Where no service owns the database, this process does until the run is done.</summary>
    private static async Task<RunningDatabase?> OwnAsync(Workspace place, TimeProvider time, CancellationToken stop)
    {
        if (place.IsRunning)
        {
            return null;
        }

        if (File.Exists(place.DatabasePath))
        {
            await using var turn = await DatabaseTurn.TakeAsync(place, time, stop);
        }

        return await RunningDatabase.StartAsync(place, time, stop);
    }

    private static async Task<JobRun> BeginAsync(JobLedger ledger, JobDefinition job, Caller caller, TimeProvider time, CancellationToken stop)
    {
        for (var isTold = false; ; isTold = true)
        {
            var (run, isBegun) = await ledger.BeginByHandAsync(job, caller.Name, stop);
            if (isBegun)
            {
                return run;
            }

            if (run.Job == job.Name)
            {
                throw new UserFaultException(FormattableString.Invariant($"{job.Name} is at work since {run.StartedAt:yyyy-MM-dd HH:mm:ss} UTC. 'warehouse job history {job.Name}' tells when it is done."));
            }

            if (!isTold)
            {
                await caller.Error.WriteLineAsync($"{job.Name} waits for {run.Job} to end.");
            }

            await Task.Delay(Pause, time, stop);
        }
    }

    private static JobDefinition Of(Workspace place, string name) => place.Definition.Jobs.FirstOrDefault(job => job.Name == name)
        ?? throw new WrongCommandException($"There is no job \"{name}\". {NearNames.Hint(name, place.Definition.Jobs.Select(job => job.Name), "jobs")}");

    private static async Task<int> GenerationAsync(Workspace place, TimeProvider time, CancellationToken stop)
    {
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(place, time, stop);
        await using var connection = await database.ConnectAsync(stop);
        return (await Generation.CurrentAsync(connection, stop)).Number;
    }
}
