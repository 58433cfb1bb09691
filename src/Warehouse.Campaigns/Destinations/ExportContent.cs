using System.Data.Common;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Campaigns.Destinations;

/// <summary>The rows of an export as they were fixed (<c>ops.export_row</c>), to be written in any form.</summary>
/// <param name="ExportKey">The export.</param>
/// <param name="ExportId">By which the destination knows it again.</param>
/// <param name="List">The campaign or segment.</param>
/// <param name="IsWhole">Whether it is the whole list; else each row says what changed.</param>
/// <param name="Columns">The columns in the order of the fields.</param>
internal sealed record ExportContent(int ExportKey, string ExportId, string List, bool IsWhole, IReadOnlyList<ExportColumn> Columns)
{
    private static readonly DuckDBCommandBuilder Quoted = new();

    /// <summary>The column that says what changed, where not the whole list is sent.</summary>
    public const string Change = "change";

    /// <summary>A statement of the rows in their order, each field as its type.</summary>
    /// <param name="isHarmless">Whether texts that a spreadsheet would take for a formula get an apostrophe before them.</param>
    public string Select(bool isHarmless) =>
        $"""
        SELECT {string.Join(", ", Parts(isHarmless))}
        FROM ops.export_row
        WHERE export_key = $export_key
        ORDER BY place
        """;

    /// <summary>The rows, each with what changed and the fields as they were fixed.</summary>
    public async IAsyncEnumerable<(string Change, IReadOnlyList<string?> Fields)> RowsAsync(
        DbConnection connection, long first, long count, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var places = Enumerable.Range(1, Columns.Count).Select(place => FormattableString.Invariant($"fields[{place}]"));
        await using var command = connection.Command(
            $"SELECT change, {string.Join(", ", places)} FROM ops.export_row WHERE export_key = $export_key AND place >= $first AND place < $first + $count ORDER BY place",
            ("export_key", ExportKey),
            ("first", first),
            ("count", count));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return (reader.GetString(0), [.. Enumerable.Range(1, Columns.Count).Select(reader.TextOrNull)]);
        }
    }

    private IEnumerable<string> Parts(bool isHarmless)
    {
        if (!IsWhole)
        {
            yield return $"change AS {Quoted.QuoteIdentifier(Change)}";
        }

        foreach (var (column, place) in Columns.Select((column, place) => (column, place)))
        {
            var field = FormattableString.Invariant($"fields[{place + 1}]");
            var value = column.Field.Type switch
            {
                ExportType.Number => $"CAST({field} AS DECIMAL(18,4))",
                ExportType.Date => $"CAST({field} AS DATE)",
                _ => isHarmless ? Formula.HarmlessSql(field) : field,
            };
            yield return $"{value} AS {Quoted.QuoteIdentifier(column.Name)}";
        }
    }
}
