using Warehouse.Store;

namespace Warehouse.Verbs.Output;

/// <summary>Jobs and their runs, as tables.</summary>
internal static class JobAnswer
{
    private static readonly AnswerColumn[] Jobs =
    [
        new("job", "VARCHAR"), new("run", "VARCHAR"), new("schedule", "VARCHAR"), new("after", "VARCHAR"), new("next_due_at", "TIMESTAMPTZ", "next due (UTC)"),
        new("last_due_at", "TIMESTAMPTZ", "last due (UTC)"), new("outcome", "VARCHAR"),
    ];

    private static readonly AnswerColumn[] Runs =
    [
        new("job", "VARCHAR"), new("due_at", "TIMESTAMPTZ", "due (UTC)"), new("caused_by", "VARCHAR", "by"), new("run", "VARCHAR"),
        new("attempt", "INTEGER", null, ColumnFormat.Count), new("started_at", "TIMESTAMPTZ", "started (UTC)"),
        new("seconds", "DOUBLE", null, ColumnFormat.Number), new("outcome", "VARCHAR"), new("log", "VARCHAR") { Show = LastLine },
    ];

    public static Answer Of(IReadOnlyList<JobDefinition> jobs, IReadOnlyList<JobRun> current, DateTimeOffset now, int generation, string definition)
    {
        var last = current.Where(run => !run.IsByHand && run.Outcome != JobOutcome.Known).ToLookup(run => run.Job, StringComparer.Ordinal);
        return new Answer(generation, null, definition, Jobs,
        [
            .. jobs.Select(job => new object?[]
            {
                job.Name, job.Run.Text, job.Schedule.Text, string.Join(", ", job.After), job.Schedule.Next(now),
                last[job.Name].LastOrDefault()?.DueAt, last[job.Name].LastOrDefault() is { } run ? Outcome(run) : null,
            }),
        ]);
    }

    public static Answer Of(IReadOnlyList<JobRun> runs, int generation, string definition) => new(generation, null, definition, Runs,
    [
        .. runs.Select(run => new object?[]
        {
            run.Job, run.DueAt, run.CausedBy, run.Words, run.Attempt, run.StartedAt,
            run.FinishedAt - run.StartedAt is { } length ? Math.Round(length.TotalSeconds, 2) : null, Outcome(run), run.Log,
        }),
    ]);

    private static string Outcome(JobRun run) => run.Outcome ?? "at work";

    /// <summary>People see the end of a log; programs get the whole.</summary>
    private static string LastLine(object? log) => ((string)log!).TrimEnd().Split('\n')[^1];
}
