using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Service.Tests.Jobs;

public class JobLedgerTests
{
    /// <summary>Of 1,500 runs, one an hour: the first was by the clock, the fourth has yet to be begun again.</summary>
    [Theory]
    [InlineData(false, 1_001, "2024-01-01 03:00")]
    [InlineData(true, 1_002, "2024-01-01 00:00, 2024-01-01 03:00")]
    public async Task OfEachJob_TheNewestThousandRunsAreKept_AndThoseThatMatter(bool isByHand, long kept, string old)
    {
        using var folder = new FreshFolder();
        folder.Write("warehouse.yaml", "name: shop\ncurrency: GBP\ncalendar: {from: 2020-01-01, to: 2030-01-01}\njobs: {ticking: {run: status, every: 1 hour}, other: {run: status, every: 1 hour}}\n");
        var workspace = Workspace.Open(folder.Path);
        var time = TimeProvider.System;
        await using (var database = await WarehouseDatabase.OpenAsync(workspace, time, CancellationToken.None))
        {
            await database.RecordAsync(
                (connection, _, stop) => connection.ExecuteAsync(
                    """
                    INSERT INTO ops.job_run (job, due_at, caused_by, is_by_hand, schedule, words, attempt, started_at, finished_at, outcome, log)
                    SELECT job, TIMESTAMPTZ '2024-01-01 00:00:00+00' + to_hours(CAST(run AS INTEGER)), 'clock', $by_hand AND run <> 0, 'every 1h', 'status', 1, NULL, NULL,
                        CASE run WHEN 3 THEN 'retry' ELSE 'done' END, ''
                    FROM range(1500) runs(run), (VALUES ('ticking'), ('other')) jobs(job)
                    """,
                    stop,
                    ("by_hand", isByHand)),
                CancellationToken.None);
        }

        var ledger = new JobLedger(workspace, time);
        var begun = await ledger.BeginByHandAsync(workspace.Definition.Jobs[0], "somebody", CancellationToken.None);
        await ledger.EndAsync(begun.Run, JobOutcome.Done, "");

        await using var read = await WarehouseDatabase.OpenReadOnlyAsync(workspace, time, CancellationToken.None);
        await using var asked = await read.ConnectAsync(CancellationToken.None);
        var left = await asked.RowsAsync(
            "SELECT count(*), coalesce(string_agg(strftime(due_at AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M'), ', ' ORDER BY due_at) FILTER (due_at < TIMESTAMPTZ '2024-01-02'), '') FROM ops.job_run WHERE job = 'ticking'",
            row => (row.GetInt64(0), row.GetString(1)), CancellationToken.None);
        var others = await asked.RowsAsync("SELECT count(*) FROM ops.job_run WHERE job = 'other'", row => row.GetInt64(0), CancellationToken.None);

        Assert.Equal((kept, old), left[0]);
        Assert.Equal(1_500, others[0]);
    }
}
