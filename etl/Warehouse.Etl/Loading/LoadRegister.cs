using System.Data.Common;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;
using Warehouse.Etl.Staging.Remote;
using Warehouse.Store;

namespace Warehouse.Etl.Loading;

/// <summary>The book of loads, <c>ops.load</c>: which files were read, and what became of their rows.</summary>
internal static class LoadRegister
{
    /// <summary>How many rows of a file an earlier load of this feed read, or null where none did.</summary>
    public static async Task<long?> RowsOfAsync(
        DbConnection connection, Feed feed, SourceFile file, CancellationToken cancellationToken)
    {
        var rows = await connection.RowsAsync(
            "SELECT rows_read FROM ops.load WHERE feed = $feed AND content_hash = $content_hash",
            row => row.GetInt64(0),
            cancellationToken,
            ("feed", feed.Name),
            ("content_hash", file.ContentHash));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>
    /// How many rows an earlier load of this feed read of a file that has the size and time that it had then, or null where
    /// none did. A file written within seconds of that load could have been written again without a trace in its time.
    /// </summary>
    public static async Task<long?> RowsOfUntouchedAsync(
        DbConnection connection, Feed feed, SourceFile file, CancellationToken cancellationToken)
    {
        var rows = await connection.RowsAsync(
            """
            SELECT rows_read FROM ops.load
            WHERE feed = $feed AND source = $source AND bytes = $bytes AND written_at = $written_at AND started_at > written_at + INTERVAL 5 SECONDS
            """,
            row => row.GetInt64(0),
            cancellationToken,
            ("feed", feed.Name),
            ("source", file.Name),
            ("bytes", file.Bytes),
            ("written_at", file.WrittenAt));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Up to where the last load of this feed read its database; null where none did.</summary>
    public static async Task<Watermark?> WatermarkAsync(DbConnection connection, Feed feed, CancellationToken cancellationToken)
    {
        var marks = await connection.RowsAsync(
            "SELECT watermark, remote_version FROM ops.load WHERE feed = $feed AND watermark IS NOT NULL ORDER BY load_key DESC LIMIT 1",
            row => new Watermark(row.GetString(0), row.TextOrNull(1)),
            cancellationToken,
            ("feed", feed.Name));
        return marks.Count == 0 ? null : marks[0];
    }

    /// <summary>What the server called the content of an address when this feed last loaded it, and how many rows that had; null where none did.</summary>
    public static async Task<(RemoteVersion Version, long Rows)?> RemoteVersionAsync(
        DbConnection connection, Feed feed, FileAddress address, CancellationToken cancellationToken)
    {
        var versions = await connection.RowsAsync(
            "SELECT remote_version, rows_read FROM ops.load WHERE feed = $feed AND source = $source AND remote_version IS NOT NULL ORDER BY load_key DESC",
            row => (Version: RemoteVersion.Read(row.GetString(0), address), Rows: row.GetInt64(1)),
            cancellationToken,
            ("feed", feed.Name),
            ("source", address.Name));
        return versions.Find(load => load.Version is not null) is { Version: { } version, Rows: var rows } ? (version, rows) : null;
    }

    /// <summary>The key that the next load gets.</summary>
    public static Task<int> NextKeyAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<int>("SELECT coalesce(max(load_key) + 1, 0) FROM ops.load", cancellationToken);

    /// <summary>Writes a load down.</summary>
    /// <exception cref="InvalidOperationException">The rows do not add up: a bug, and the generation must not be published.</exception>
    public static async Task RecordAsync(
        Publication publication,
        int key,
        Feed feed,
        SourceFile file,
        FileReport report,
        DateTimeOffset startedAt,
        DateTimeOffset finishedAt,
        CancellationToken cancellationToken)
    {
        if (report.RowsRead != report.RowsLoaded + report.RowsCorrected + report.RowsDeleted + report.RowsRejected + report.RowsAlreadyLoaded + report.RowsLeftOut)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{file.Name}: {report.RowsRead} rows read are not {report.RowsLoaded} loaded, {report.RowsCorrected} corrected, {report.RowsDeleted} deleted, {report.RowsRejected} rejected, {report.RowsAlreadyLoaded} loaded before and {report.RowsLeftOut} left out."));
        }

        await publication.Connection.ExecuteAsync(
            """
            INSERT INTO ops.load (
                load_key, generation, feed, source, content_hash, bytes, definition_hash,
                rows_read, rows_loaded, rows_corrected, rows_deleted, rows_rejected, rows_already_loaded, started_at, finished_at, watermark, written_at, remote_version, rows_withdrawn, rows_left_out)
            VALUES (
                $load_key, $generation, $feed, $source, $content_hash, $bytes, $definition_hash,
                $rows_read, $rows_loaded, $rows_corrected, $rows_deleted, $rows_rejected, $rows_already_loaded, $started_at, $finished_at, $watermark, $written_at, $remote_version, $rows_withdrawn, $rows_left_out)
            """,
            cancellationToken,
            ("load_key", key),
            ("generation", publication.Number),
            ("feed", feed.Name),
            ("source", file.Name),
            ("content_hash", file.ContentHash),
            ("bytes", file.Bytes),
            ("definition_hash", feed.Hash),
            ("rows_read", report.RowsRead),
            ("rows_loaded", report.RowsLoaded),
            ("rows_corrected", report.RowsCorrected),
            ("rows_deleted", report.RowsDeleted),
            ("rows_rejected", report.RowsRejected),
            ("rows_already_loaded", report.RowsAlreadyLoaded),
            ("started_at", startedAt),
            ("finished_at", finishedAt),
            ("watermark", file.Watermark),
            ("written_at", file.WrittenAt),
            ("remote_version", file.RemoteVersion),
            ("rows_withdrawn", report.RowsWithdrawn),
            ("rows_left_out", report.RowsLeftOut));
    }
}
