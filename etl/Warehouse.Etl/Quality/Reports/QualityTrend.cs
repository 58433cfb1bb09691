using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Quality.Reports;

/// <summary>What a feed brought in one generation.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Generation">The generation.</param>
/// <param name="RowsRead">Rows of its files.</param>
/// <param name="RowsRejected">Rows that were rejected then, mended since or not.</param>
public sealed record QualityTrend(string Feed, int Generation, long RowsRead, long RowsRejected)
{
    /// <summary>The loads of all feeds in their order.</summary>
    public static async Task<IReadOnlyList<QualityTrend>> AllAsync(DbConnection connection, CancellationToken cancellationToken) =>
        await connection.RowsAsync(
            """
            SELECT feed, generation, CAST(sum(rows_read) AS BIGINT), CAST(sum(rows_rejected) AS BIGINT)
            FROM ops.load GROUP BY feed, generation ORDER BY feed, generation
            """,
            row => new QualityTrend(row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3)),
            cancellationToken);
}
