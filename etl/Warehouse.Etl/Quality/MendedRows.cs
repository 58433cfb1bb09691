using System.Data.Common;
using System.Text.Json;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Quality;

/// <summary>
/// Rejected rows as a file that people mend: where each row stood and why it was rejected, then the columns of the source
/// as they were read. The file is comma-separated, UTF-8, with a header.
/// </summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record MendedRows(IReadOnlyList<string> Columns, IReadOnlyList<string?[]> Rows)
{
    private const string Source = "rejected_source";
    private const string Line = "rejected_line";

    /// <summary>The open rejects of a feed.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="feed">The feed's name.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<MendedRows> OpenAsync(DbConnection connection, string feed, CancellationToken cancellationToken)
    {
        var rejects = await connection.RowsAsync(
            """
            SELECT source, source_line, coalesce(column_name || ' ', '') || rule || ': ' || reason, raw
            FROM quality.reject WHERE feed = $feed AND mended_generation IS NULL ORDER BY load_key, source_line
            """,
            row => (Source: row.GetString(0), Line: row.GetInt64(1), Reason: row.GetString(2), Raw: Fields(row.GetString(3))),
            cancellationToken,
            ("feed", feed));
        var columns = rejects.SelectMany(reject => reject.Raw.Keys).Distinct().ToArray();
        return new MendedRows(
            [Source, Line, "rejected_because", .. columns],
            [
                .. rejects.Select(reject => (string?[])
                [
                    reject.Source, FormattableString.Invariant($"{reject.Line}"), reject.Reason,
                    .. columns.Select(column => reject.Raw.GetValueOrDefault(column)),
                ]),
            ]);
    }

    /// <summary>The feed as it reads such a file.</summary>
    internal static Feed Reading(Feed feed) => feed with
    {
        // Single rows are mended, not the orders or days that they stand in.
        Fills = [.. feed.Fills.Select(fill => fill with { Replaces = [] })],
        Source = feed.Source with
        {
            Format = FileFormat.Csv,
            Delimiter = ",",
            HasBlankRuns = false,
            Quote = '"',
            Escape = null,
            Comment = null,
            JoinsStrayDelimiters = false,
            FillDown = [],
            Encoding = System.Text.Encoding.UTF8,
            Header = null,
            Part = feed.Source.Part with { HeaderRow = null },
        },
    };

    /// <summary>Closes the rejects that a mended file names: what is wrong with it still was rejected anew.</summary>
    internal static Task CloseAsync(Publication publication, Feed feed, string path, CancellationToken cancellationToken) =>
        publication.Connection.ExecuteAsync(
            """
            UPDATE quality.reject AS reject SET mended_generation = $generation
            FROM (
                SELECT DISTINCT rejected_source, TRY_CAST(rejected_line AS BIGINT) AS rejected_line
                FROM read_csv($path, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', strict_mode = false, null_padding = true)
            ) AS mended
            WHERE reject.feed = $feed AND reject.source = mended.rejected_source AND reject.source_line = mended.rejected_line
              AND reject.mended_generation IS NULL AND reject.generation < $generation
            """,
            cancellationToken,
            ("generation", publication.Number),
            ("feed", feed.Name),
            ("path", path));

    /// <summary>A row as it was read; one that could not be split into fields has its text alone.</summary>
    private static Dictionary<string, string?> Fields(string raw)
    {
        try
        {
            using var json = JsonDocument.Parse(raw);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
                foreach (var field in json.RootElement.EnumerateObject())
                {
                    fields[field.Name] = field.Value.ValueKind == JsonValueKind.Null ? null : field.Value.ToString();
                }

                return fields;
            }
        }
        catch (JsonException)
        {
            // The record itself was broken: its text is all there is.
        }

        return new Dictionary<string, string?>(StringComparer.Ordinal) { ["rejected_text"] = raw };
    }
}
