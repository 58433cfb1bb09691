using Warehouse.Etl.Loading;

namespace Warehouse.Cli.Output;

/// <summary>What a load did, as a table: a row for each file, and their sum.</summary>
internal static class LoadAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("feed", "VARCHAR"),
        new("source", "VARCHAR"),
        new("rows_read", "BIGINT", "read", ColumnFormat.Count),
        new("rows_loaded", "BIGINT", "loaded", ColumnFormat.Count),
        new("rows_rejected", "BIGINT", "rejected", ColumnFormat.Count),
        new("rows_already_loaded", "BIGINT", "already loaded", ColumnFormat.Count),
    ];

    public static Answer Of(LoadReport report, int generation) => new(
        report.Generation?.Number ?? generation,
        null,
        "load",
        Columns,
        [
            .. report.Files.Select(file => new object?[]
            {
                file.Feed, file.Source, file.RowsRead, file.RowsLoaded, file.RowsRejected, file.RowsAlreadyLoaded,
            }),
        ]);
}
