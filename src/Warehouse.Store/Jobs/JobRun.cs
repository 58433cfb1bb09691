using System.Data.Common;

namespace Warehouse.Store;

/// <summary>What had to be run at a due time, and what became of it (<c>ops.job_run</c>).</summary>
/// <param name="Job">The job.</param>
/// <param name="DueAt">When it was due; of a run by hand, when it was asked for.</param>
/// <param name="CausedBy">clock, or who ran it by hand.</param>
/// <param name="IsByHand">Whether somebody ran it by hand.</param>
/// <param name="Words">The words of the command line.</param>
/// <param name="Attempt">How often it was begun.</param>
/// <param name="StartedAt">When the last attempt began; null where there was none.</param>
/// <param name="FinishedAt">When it ended; null while it is at work.</param>
/// <param name="Outcome">One of <see cref="JobOutcome"/>; null while it is at work.</param>
/// <param name="Log">What it said.</param>
public sealed record JobRun(
    string Job, DateTimeOffset DueAt, string CausedBy, bool IsByHand, string Words, int Attempt, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt,
    string? Outcome, string Log)
{
    internal const string Columns = "job, due_at, caused_by, is_by_hand, words, attempt, started_at, finished_at, outcome, log";

    /// <summary>Whether it still has to be begun again: it failed and is tried again, or its process ended before it did.</summary>
    public bool IsOpen => Outcome is JobOutcome.Retry || (Outcome is JobOutcome.Interrupted && !IsByHand);

    /// <summary>Whether those after it may begin.</summary>
    public bool IsSuccess => Outcome is JobOutcome.Done or JobOutcome.Reserve;

    internal static JobRun Read(DbDataReader row) => new(
        row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetBoolean(3), row.GetString(4), row.GetInt32(5),
        row.ValueOrNull<DateTimeOffset>(6), row.ValueOrNull<DateTimeOffset>(7), row.TextOrNull(8), row.GetString(9));
}

/// <summary>What became of a run.</summary>
public static class JobOutcome
{
    /// <summary>It is done.</summary>
    public const string Done = "done";

    /// <summary>It is done with a reserve: rows were rejected beyond a feed's limit, or a claim was refused.</summary>
    public const string Reserve = "reserve";

    /// <summary>It failed, for the last time.</summary>
    public const string Failed = "failed";

    /// <summary>It took longer than its limit, for the last time.</summary>
    public const string Timeout = "timeout";

    /// <summary>It failed, and is tried again.</summary>
    public const string Retry = "retry";

    /// <summary>It was not begun, and will not be.</summary>
    public const string Skipped = "skipped";

    /// <summary>Its process ended before it did.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>No run: from here on the due times of a job count.</summary>
    public const string Known = "known";
}
