using System.CommandLine;
using System.CommandLine.Parsing;
using Warehouse.Definitions;
using Warehouse.Store;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Jobs;

/// <summary>
/// Runs the words of jobs as the command line would run them, in this process, which owns the database. Verbs may be run again after
/// any end of the process: what they have published stays, what they had not is not there, and they find out which it is.
/// </summary>
internal sealed class JobRunner
{
    private const int MostBeginnings = 10;
    private static readonly string[] NotForJobs = ["init", "job", "restore"];
    private readonly RootCommand _verbs = [];
    private readonly Workspace _workspace;
    private readonly TimeProvider _time;

    public JobRunner(Workspace workspace, TimeProvider time)
    {
        (_workspace, _time) = (workspace, time);
        foreach (var verb in VerbTree.Create(time))
        {
            _verbs.Add(verb);
        }
    }

    /// <summary>Requires that every job says something that the command line understands.</summary>
    /// <exception cref="DefinitionException">One does not.</exception>
    public void Require()
    {
        DefinitionFault[] faults = [.. _workspace.Definition.Jobs.Select(FaultOf).OfType<DefinitionFault>()];
        if (faults.Length > 0)
        {
            throw new DefinitionException(faults);
        }
    }

    /// <summary>Does a run that was begun, and notes what became of it.</summary>
    /// <param name="ledger">Where it was begun.</param>
    /// <param name="job">The job.</param>
    /// <param name="run">The run.</param>
    /// <param name="stop">Stops it; then it has to be begun again.</param>
    /// <returns>The outcome and what was said.</returns>
    public async Task<(string Outcome, string Log)> RunAsync(JobLedger ledger, JobDefinition job, JobRun run, CancellationToken stop)
    {
        await using var log = new JobLog();
        using var limit = new CancellationTokenSource(job.Limit ?? Timeout.InfiniteTimeSpan, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, limit.Token);
        string outcome;
        try
        {
            outcome = await VerdictAsync(job, log, either.Token) switch
            {
                ExitCode.Done => JobOutcome.Done,
                ExitCode.DoneWithReserve => JobOutcome.Reserve,
                _ when stop.IsCancellationRequested => JobOutcome.Interrupted,
                _ when limit.IsCancellationRequested => JobOutcome.Timeout,
                _ => JobOutcome.Failed,
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A bug in a verb ends its run, not the service.
            await log.WriteLineAsync(fault.ToString());
            outcome = JobOutcome.Failed;
        }

        if (outcome == JobOutcome.Timeout)
        {
            await log.WriteLineAsync($"It took longer than its limit of {job.Limit}.");
        }

        if (outcome is JobOutcome.Timeout or JobOutcome.Failed && !run.IsByHand && job.Retries.After(run.Attempt) is not null)
        {
            outcome = JobOutcome.Retry;
        }
        else if (outcome is JobOutcome.Interrupted && run.Attempt >= MostBeginnings + job.Retries.Times)
        {
            await log.WriteLineAsync($"It was begun {run.Attempt} times and never came to its end.");
            outcome = JobOutcome.Failed;
        }

        await ledger.EndAsync(run, outcome, log.ToString());
        return (outcome, log.ToString());
    }

    private Task<int> VerdictAsync(JobDefinition job, JobLog log, CancellationToken stop) => Verdict.OfAsync(
        Parse(job),
        new Caller
        {
            Name = $"job:{job.Name}",
            Folder = _workspace.Folder,
            Workspace = _workspace,
            Answers = log.AsStream,
            Output = log,
            Error = log,
            MakeTerminal = () => Terminals.Over(log),
        },
        stop);

    private ParseResult Parse(JobDefinition job) => _verbs.Parse([.. CommandLineParser.SplitCommandLine(job.Run.Text)]);

    private DefinitionFault? FaultOf(JobDefinition job)
    {
        var parsed = Parse(job);
        var verb = job.Run.Text.Split(' ')[0];
        var words = NotForJobs.Contains(verb) ? $"\"{verb}\" is not for jobs."
            : parsed.Errors.Count > 0 ? $"\"warehouse {job.Run}\" is not understood: {string.Join(' ', parsed.Errors.Select(error => error.Message))}"
            : null;
        return words is null ? null : new DefinitionFault(job.Run.File, job.Run.Line, job.Run.Column, words);
    }
}
