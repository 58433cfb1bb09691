using Warehouse.Definitions;
using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>Opens what a feed reads.</summary>
internal static class RowSources
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="UserFaultException">It cannot be read, or has not every column that the feed reads.</exception>
    public static async Task<IRowSource> OpenAsync(SourceInspection source, Feed feed, CancellationToken cancellationToken)
    {
        var rows = await OpenAsync(source.File.Path, source.File.Name, source.Format, feed.Source, cancellationToken);
        try
        {
            RequireColumns(feed, source.File.Name, rows.Header);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a file, whatever its columns are.</summary>
    /// <exception cref="UserFaultException">It cannot be read.</exception>
    public static async Task<IRowSource> OpenAsync(
        string path, string name, FileFormat format, FeedSource source, CancellationToken cancellationToken)
    {
        var rows = await OpenAsWrittenAsync(path, name, format, source, cancellationToken);
        try
        {
            return source.FillDown.Count > 0 ? new FilledDownRows(rows, source.FillDown, name) : rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    private static async Task<IRowSource> OpenAsWrittenAsync(
        string path, string name, FileFormat format, FeedSource source, CancellationToken cancellationToken) => format switch
        {
            FileFormat.Csv => SourceFault.Guarded(name, () => new DelimitedFile(path, source)),
            FileFormat.Parquet => await QueryRows.OfParquetAsync(path, name, cancellationToken),
            FileFormat.Json => SourceFault.Guarded(name, () => JsonDocumentRows.Open(path, name, source)),
            FileFormat.JsonLines => SourceFault.Guarded(name, () => new JsonLineRows(path, name, source)),
            FileFormat.Excel => SourceFault.Guarded(name, () => ExcelRows.Open(path, name, source.Part)),
            FileFormat.DuckDb => await QueryRows.OfDatabaseAsync(path, name, source.Part, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not known."),
        };

    /// <summary>Requires that a source has every column that the feed reads, once.</summary>
    /// <exception cref="UserFaultException">It has not.</exception>
    public static void RequireColumns(Feed feed, string name, IReadOnlyList<string> header)
    {
        if (header.Count == 0)
        {
            throw new UserFaultException($"{name} is empty: it has no header. Nothing was loaded.");
        }

        var faults = new List<string>();
        foreach (var column in feed.Values.SelectMany(source => source.Columns).Distinct(StringComparer.Ordinal))
        {
            var found = header.Count(known => known == column);
            if (found == 0)
            {
                faults.Add($"has no column \"{column}\". {NearNames.Hint(column, header, "columns of the file")}");
            }
            else if (found > 1)
            {
                faults.Add(FormattableString.Invariant($"has {found} columns \"{column}\"; which one is meant cannot be told."));
            }
        }

        if (faults.Count > 0)
        {
            throw new UserFaultException(
                $"{name} does not fit the feed {feed.Name}. Nothing was loaded.{string.Concat(faults.Select(fault => $"{Environment.NewLine}  It {fault}"))}");
        }
    }
}
