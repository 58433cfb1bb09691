using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;
using Warehouse.Etl.Mapping.Checks;
using Warehouse.Etl.Staging;
using Warehouse.Store;

namespace Warehouse.Etl.Quality;

/// <summary>Keeps every row that is not loaded, with the rule that it broke and as it was read.</summary>
internal static class Rejects
{
    /// <summary>Writes the rows of <c>temp.mapped</c> that fail a check.</summary>
    public static async Task WriteMappedAsync(
        Publication publication, Feed feed, IEnumerable<Check> checks, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        await connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE feed_check (number SMALLINT, column_name VARCHAR, rule VARCHAR, expectation VARCHAR)", cancellationToken);
        foreach (var check in checks.Append(Check.Duplicate).Append(Check.Forgotten).Append(Check.First).Append(Check.Filter))
        {
            await connection.ExecuteAsync(
                "INSERT INTO temp.feed_check VALUES ($number, $column_name, $rule, $expectation)",
                cancellationToken,
                ("number", (short)check.Number),
                ("column_name", check.Column),
                ("rule", check.Rule),
                ("expectation", check.Expectation));
        }

        await connection.ExecuteAsync(
            SqlFile.Read(typeof(Rejects), "Quality/reject_mapped.sql"),
            cancellationToken,
            ("generation", publication.Number),
            ("feed", feed.Name));
    }

    /// <summary>Why rows of a generation in the making were rejected.</summary>
    public static async Task<IReadOnlyList<Rejection>> SummaryAsync(Publication publication, CancellationToken cancellationToken) =>
        await publication.Connection.RowsAsync(
            """
            SELECT feed, source, rule, column_name, count(*), arg_min(reason, source_line)
            FROM quality.reject
            WHERE generation = $generation
            GROUP BY ALL
            ORDER BY feed, source, count(*) DESC, rule, column_name
            """,
            row => new Rejection(row.GetString(0), row.GetString(1), row.GetString(2), row.TextOrNull(3), row.GetInt64(4), row.GetString(5)),
            cancellationToken,
            ("generation", publication.Number));

    /// <summary>Writes records that could not be split into fields.</summary>
    public static async Task WriteBrokenAsync(
        Publication publication, Feed feed, SourceFile file, int loadKey, IReadOnlyList<BrokenRecord> records, CancellationToken cancellationToken)
    {
        const int AtOnce = 10_000;
        foreach (var part in records.Chunk(AtOnce))
        {
            await publication.Connection.ExecuteAsync(
                """
                INSERT INTO quality.reject (generation, load_key, feed, source, source_line, column_name, rule, reason, raw)
                SELECT $generation, $load_key, $feed, $source, unnest($lines), NULL, unnest($rules), unnest($reasons), unnest($raws)
                """,
                cancellationToken,
                ("generation", publication.Number),
                ("load_key", loadKey),
                ("feed", feed.Name),
                ("source", file.Name),
                ("lines", part.Select(record => record.Line).ToList()),
                ("rules", part.Select(record => record.Rule).ToList()),
                ("reasons", part.Select(record => record.Reason).ToList()),
                ("raws", part.Select(record => record.Raw).ToList()));
        }
    }
}
