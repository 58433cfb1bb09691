using System.Data.Common;

namespace Warehouse.Store;

/// <summary>One published state of the warehouse. Every result says which one it came from.</summary>
/// <param name="Number">Counts up from 0, the empty warehouse.</param>
/// <param name="StartedAt">When the work on it began.</param>
/// <param name="PublishedAt">When readers could see it.</param>
/// <param name="Reason">What made it.</param>
public sealed record Generation(int Number, DateTimeOffset StartedAt, DateTimeOffset PublishedAt, string Reason)
{
    /// <summary>The generation that a connection sees now.</summary>
    public static async Task<Generation> CurrentAsync(DbConnection connection, CancellationToken cancellationToken) =>
        (await connection.RowsAsync(
            "SELECT generation, started_at, published_at, reason FROM ops.generation ORDER BY generation DESC LIMIT 1",
            Read,
            cancellationToken))[0];

    /// <summary>All generations, the newest first.</summary>
    public static Task<List<Generation>> AllAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.RowsAsync(
            "SELECT generation, started_at, published_at, reason FROM ops.generation ORDER BY generation DESC", Read, cancellationToken);

    internal static Task RecordAsync(DbConnection connection, Generation generation, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            "INSERT INTO ops.generation (generation, started_at, published_at, reason) VALUES ($generation, $started_at, $published_at, $reason)",
            cancellationToken,
            ("generation", generation.Number),
            ("started_at", generation.StartedAt),
            ("published_at", generation.PublishedAt),
            ("reason", generation.Reason));

    private static Generation Read(DbDataReader row) =>
        new(row.GetInt32(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3));
}
