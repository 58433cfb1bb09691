using Warehouse.Etl.Loading;

namespace Warehouse.Verbs.Output;

/// <summary>What a load did, as a table: a row for each file, and their sum.</summary>
internal static class LoadAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("feed", "VARCHAR"),
        new("source", "VARCHAR"),
        new("rows_read", "BIGINT", "read", ColumnFormat.Count),
        new("rows_loaded", "BIGINT", "loaded", ColumnFormat.Count),
        new("rows_corrected", "BIGINT", "corrected", ColumnFormat.Count) { IsRare = true },
        new("rows_deleted", "BIGINT", "deleted", ColumnFormat.Count) { IsRare = true },
        new("rows_rejected", "BIGINT", "rejected", ColumnFormat.Count),
        new("rows_already_loaded", "BIGINT", "already loaded", ColumnFormat.Count),
        new("rows_left_out", "BIGINT", "left out", ColumnFormat.Count) { IsRare = true },
        new("rows_withdrawn", "BIGINT", "withdrawn", ColumnFormat.Count) { IsRare = true },
        new("reasons", "VARCHAR", "rejected because") { IsRare = true },
    ];

    public static Answer Of(LoadReport report) => new(
        report.Current,
        null,
        "load",
        Columns,
        [
            .. report.Files.Select(file => new object?[]
            {
                file.Feed, file.Source, file.RowsRead, file.RowsLoaded, file.RowsCorrected, file.RowsDeleted, file.RowsRejected, file.RowsAlreadyLoaded, file.RowsLeftOut, file.RowsWithdrawn,
                Reasons(report, file),
            }),
        ]);

    /// <summary>The rules that the file's rejected rows break, the most frequent first, each with its rows.</summary>
    private static string? Reasons(LoadReport report, FileReport file)
    {
        var reasons = report.Rejections.Where(rejection => rejection.Feed == file.Feed && rejection.Source == file.Source)
            .Select(rejection => FormattableString.Invariant($"{(rejection.Column is { } column ? column + " " : "")}{rejection.Rule} {rejection.Rows}"))
            .ToArray();
        return reasons.Length == 0 ? null : string.Join(", ", reasons);
    }
}
