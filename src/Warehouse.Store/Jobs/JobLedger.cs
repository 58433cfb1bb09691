using System.Data.Common;

namespace Warehouse.Store;

/// <summary>
/// The truth of what was due and done (<c>ops.job_run</c>). A run is begun here before its first effect and ended here after its
/// last one; one run at a time is at work, and none of a job twice for the same due time.
/// </summary>
/// <param name="workspace">The workspace. Its database is opened for each question, and held between them by nobody.</param>
/// <param name="time">The clock.</param>
public sealed class JobLedger(Workspace workspace, TimeProvider time)
{
    private const int RunsKept = 1_000;
    private const string Clock = "clock";

    /// <summary>
    /// Notes that runs which a former process had at work ended with it. Only the process that owns the database may say so.
    /// </summary>
    public Task RecoverAsync(CancellationToken cancellationToken) => RecordAsync(
        (connection, at, stop) => connection.ExecuteAsync(
            "UPDATE ops.job_run SET outcome = $outcome, finished_at = $at, log = log || $words WHERE outcome IS NULL",
            stop,
            ("outcome", JobOutcome.Interrupted),
            ("at", at),
            ("words", "The process ended before the run did.\n")),
        cancellationToken);

    /// <summary>Notes jobs that were not known, or were due at other times, until now: what they missed before does not count.</summary>
    public Task IntroduceAsync(IReadOnlyList<JobDefinition> jobs, CancellationToken cancellationToken) => RecordAsync(
        async (connection, at, stop) =>
        {
            var known = (await connection.RowsAsync(
                "SELECT job, arg_max(schedule, due_at) FROM ops.job_run WHERE NOT is_by_hand GROUP BY job",
                row => (Job: row.GetString(0), Schedule: row.GetString(1)),
                stop)).ToHashSet();
            foreach (var job in jobs.Where(job => !known.Contains((job.Name, job.Schedule.Text))))
            {
                await InsertAsync(connection, job, at, "first sight", isByHand: false, 0, at, at, JobOutcome.Known, "", stop);
            }

            return true;
        },
        cancellationToken);

    /// <summary>The newest run of each job by the clock, and those that are at work or have to be begun again.</summary>
    public async Task<IReadOnlyList<JobRun>> CurrentAsync(CancellationToken cancellationToken)
    {
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, cancellationToken);
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await connection.RowsAsync(
            $"""
            SELECT {JobRun.Columns}
            FROM ops.job_run
            WHERE outcome IS NULL OR outcome IN ('{JobOutcome.Retry}', '{JobOutcome.Interrupted}')
                OR (job, due_at) IN (SELECT (job, max(due_at)) FROM ops.job_run WHERE NOT is_by_hand GROUP BY job)
            ORDER BY due_at, job
            """,
            JobRun.Read,
            cancellationToken);
    }

    /// <summary>The runs, the newest first; those of one job where it is named.</summary>
    public async Task<IReadOnlyList<JobRun>> HistoryAsync(string? job, int most, CancellationToken cancellationToken)
    {
        await using var database = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, cancellationToken);
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await connection.RowsAsync(
            $"""
            SELECT {JobRun.Columns} FROM ops.job_run
            WHERE outcome IS DISTINCT FROM '{JobOutcome.Known}' AND coalesce(job = $job, true)
            ORDER BY due_at DESC, job LIMIT $most
            """,
            JobRun.Read,
            cancellationToken,
            ("job", job),
            ("most", most));
    }

    /// <summary>Begins a run that is due, for the first time or again.</summary>
    /// <param name="job">The job.</param>
    /// <param name="dueAt">When it is due.</param>
    /// <param name="note">What is worth knowing of it beforehand, a line or nothing.</param>
    /// <param name="cancellationToken">Leaves it not begun.</param>
    public Task<JobBeginning> BeginAsync(JobDefinition job, DateTimeOffset dueAt, string note, CancellationToken cancellationToken) =>
        BeginAsync(job, dueAt, Clock, isByHand: false, note, cancellationToken);

    /// <summary>Begins a run that somebody asks for now.</summary>
    /// <inheritdoc cref="BeginAsync(JobDefinition, DateTimeOffset, string, CancellationToken)"/>
    public Task<JobBeginning> BeginByHandAsync(JobDefinition job, string who, CancellationToken cancellationToken) =>
        BeginAsync(job, null, who, isByHand: true, "", cancellationToken);

    /// <summary>Notes what became of a run that was begun. Of each job the newest thousand runs are kept.</summary>
    public Task EndAsync(JobRun run, string outcome, string log) => RecordAsync(
        async (connection, at, stop) =>
        {
            await connection.ExecuteAsync(
                "UPDATE ops.job_run SET outcome = $outcome, finished_at = $at, log = log || $log WHERE job = $job AND due_at = $due_at",
                stop,
                ("outcome", outcome),
                ("at", at),
                ("log", log),
                ("job", run.Job),
                ("due_at", run.DueAt));
            return await PruneAsync(connection, run.Job, stop);
        },
        CancellationToken.None);

    /// <summary>Notes that a run which was due is not begun.</summary>
    public Task SkipAsync(JobDefinition job, DateTimeOffset dueAt, string reason, CancellationToken cancellationToken) => RecordAsync(
        async (connection, at, stop) =>
        {
            await InsertAsync(connection, job, dueAt, Clock, isByHand: false, 0, null, at, JobOutcome.Skipped, reason + "\n", stop);
            return true;
        },
        cancellationToken);

    /// <summary>What has yet to be begun again stays, and the newest run by the clock, which says since when runs are due.</summary>
    private static Task<int> PruneAsync(DbConnection connection, string job, CancellationToken stop) => connection.ExecuteAsync(
        $"""
        DELETE FROM ops.job_run
        WHERE job = $job AND outcome IS NOT NULL AND outcome <> '{JobOutcome.Retry}' AND (is_by_hand OR outcome <> '{JobOutcome.Interrupted}')
            AND due_at < (SELECT min(due_at) FROM (SELECT due_at FROM ops.job_run WHERE job = $job ORDER BY due_at DESC LIMIT $kept))
            AND (is_by_hand OR due_at < (SELECT max(due_at) FROM ops.job_run WHERE job = $job AND NOT is_by_hand))
        """,
        stop,
        ("job", job),
        ("kept", RunsKept));

    private async Task<T> RecordAsync<T>(Func<DbConnection, DateTimeOffset, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        await using var database = await WarehouseDatabase.OpenAsync(workspace, time, cancellationToken);
        return await database.RecordAsync(write, cancellationToken);
    }

    private Task<JobBeginning> BeginAsync(
        JobDefinition job, DateTimeOffset? due, string causedBy, bool isByHand, string note, CancellationToken cancellationToken) => RecordAsync(
        async (connection, now, stop) =>
        {
            var atWork = await connection.RowsAsync($"SELECT {JobRun.Columns} FROM ops.job_run WHERE outcome IS NULL", JobRun.Read, stop);
            if (atWork.Count > 0)
            {
                return new JobBeginning(atWork[0], IsBegun: false);
            }

            var at = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
            var dueAt = due ?? at;
            var again = await connection.ExecuteAsync(
                $"""
                UPDATE ops.job_run SET outcome = NULL, finished_at = NULL, started_at = $at, attempt = attempt + 1, words = $words, log = log || $note
                WHERE job = $job AND due_at = $due_at AND NOT is_by_hand AND outcome IN ('{JobOutcome.Retry}', '{JobOutcome.Interrupted}')
                """,
                stop,
                ("at", at),
                ("words", job.Run.Text),
                ("note", note),
                ("job", job.Name),
                ("due_at", dueAt));
            if (again == 0)
            {
                await InsertAsync(connection, job, dueAt, causedBy, isByHand, 1, at, null, null, note, stop);
            }

            var run = (await connection.RowsAsync(
                $"SELECT {JobRun.Columns} FROM ops.job_run WHERE job = $job AND due_at = $due_at", JobRun.Read, stop, ("job", job.Name), ("due_at", dueAt)))[0];
            return new JobBeginning(run, IsBegun: true);
        },
        cancellationToken);

    private static Task<int> InsertAsync(
        DbConnection connection, JobDefinition job, DateTimeOffset dueAt, string causedBy, bool isByHand, int attempt,
        DateTimeOffset? startedAt, DateTimeOffset? finishedAt, string? outcome, string log, CancellationToken stop) => connection.ExecuteAsync(
        """
        INSERT INTO ops.job_run (job, due_at, caused_by, is_by_hand, schedule, words, attempt, started_at, finished_at, outcome, log)
        VALUES ($job, $due_at, $caused_by, $is_by_hand, $schedule, $words, $attempt, $started_at, $finished_at, $outcome, $log)
        """,
        stop,
        ("job", job.Name),
        ("due_at", dueAt),
        ("caused_by", causedBy),
        ("is_by_hand", isByHand),
        ("schedule", job.Schedule.Text),
        ("words", job.Run.Text),
        ("attempt", attempt),
        ("started_at", startedAt),
        ("finished_at", finishedAt),
        ("outcome", outcome),
        ("log", log));
}

/// <summary>Whether a run was begun.</summary>
/// <param name="Run">The run; or the one that is at work, for whose end it has to wait.</param>
/// <param name="IsBegun">Which of the two.</param>
public sealed record JobBeginning(JobRun Run, bool IsBegun);
