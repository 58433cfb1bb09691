using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping;
using Warehouse.Store;

namespace Warehouse.Etl.Staging;

/// <summary>A file as the engine reads it: a relation of texts.</summary>
/// <param name="Header">The names of the columns <c>c0</c>, <c>c1</c>, …</param>
/// <param name="Relation">SQL that gives <c>line</c> (NULL where a row's place tells it) and the columns.</param>
/// <param name="Path">What the engine reads: the file itself, or its repaired copy.</param>
internal sealed record StagedRows(IReadOnlyList<string> Header, string Relation, string Path)
{
    /// <summary>The rows of a file.</summary>
    /// <param name="connection">For asking the engine about the file.</param>
    /// <param name="source">The file.</param>
    /// <param name="feed">How it is written.</param>
    /// <param name="repaired">Where a repaired copy may be written.</param>
    /// <param name="sql">Takes the values that the relation needs.</param>
    /// <param name="setAside">Takes the records that cannot be read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<StagedRows> OfAsync(
        DbConnection connection,
        SourceInspection source,
        Feed feed,
        string repaired,
        SqlText sql,
        Action<BrokenRecord> setAside,
        CancellationToken cancellationToken)
    {
        if (source.Csv is null)
        {
            var rows = await ParquetAsync(connection, source, sql, cancellationToken);
            RequireColumns(feed, source.File.Name, rows.Header);
            return rows;
        }

        RequireColumns(feed, source.File.Name, source.Csv.Header);
        if (source.Csv.Irregularity is null)
        {
            return Csv(source.Csv.Header, source.File.Path, feed.Source.Delimiter, feed.Source.Quote, hasLine: false, sql);
        }

        await CsvRepair.RunAsync(source.File.Path, repaired, feed.Source, source.Csv.Header, setAside, cancellationToken);
        return Csv(source.Csv.Header, repaired, ',', '"', hasLine: true, sql);
    }

    /// <summary>Requires that a file has every column that the feed reads, once.</summary>
    /// <exception cref="UserFaultException">It has not.</exception>
    private static void RequireColumns(Feed feed, string name, IReadOnlyList<string> header)
    {
        if (header.Count == 0)
        {
            throw new UserFaultException($"{name} is empty: it has no header. Nothing was loaded.");
        }

        var wanted = feed.Fills.SelectMany(fill => fill.Mappings)
            .SelectMany(mapping => mapping.Sources)
            .Concat(feed.Fills.SelectMany(fill => fill.Identifiers).Select(identifier => identifier.Value));
        var faults = new List<string>();
        foreach (var column in wanted.Select(source => source.Column).Distinct(StringComparer.Ordinal))
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

    private static StagedRows Csv(IReadOnlyList<string> header, string path, char delimiter, char quote, bool hasLine, SqlText sql)
    {
        var names = Enumerable.Range(0, header.Count).Select(place => FormattableString.Invariant($"c{place}")).ToArray();
        var columns = string.Join(", ", (hasLine ? ["line", .. names] : names).Select(name => $"'{name}': 'VARCHAR'"));
        var line = hasLine ? "CAST(line AS BIGINT) AS line" : "CAST(NULL AS BIGINT) AS line";
        var relation =
            $"SELECT {line}, {string.Join(", ", names)} FROM read_csv({sql.Value(path)}, auto_detect = false, header = {(hasLine ? "false" : "true")}, "
            + $"delim = {sql.Value(delimiter.ToString())}, quote = {sql.Value(quote.ToString())}, escape = {sql.Value(quote.ToString())}, "
            + $"compression = '{(CsvRepair.IsCompressed(path) ? "gzip" : "none")}', columns = {{{columns}}}, strict_mode = true, max_line_size = 8388608)";
        return new StagedRows(header, relation, path);
    }

    private static async Task<StagedRows> ParquetAsync(
        DbConnection connection, SourceInspection source, SqlText sql, CancellationToken cancellationToken)
    {
        List<string> header;
        try
        {
            header = await connection.RowsAsync(
                "SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet($path))",
                row => row.GetString(0),
                cancellationToken,
                ("path", source.File.Path));
        }
        catch (DbException unreadable)
        {
            throw new UserFaultException(
                $"{source.File.Name} is no Parquet file that can be read. Nothing was loaded. The engine says: {unreadable.Message}", unreadable);
        }

        var builder = DbProviderFactories.GetFactory(connection)!.CreateCommandBuilder()!;
        var columns = header.Select((name, place) => FormattableString.Invariant($"CAST({builder.QuoteIdentifier(name)} AS VARCHAR) AS c{place}"));
        var relation =
            $"SELECT file_row_number + 1 AS line, {string.Join(", ", columns)} FROM read_parquet({sql.Value(source.File.Path)}, file_row_number = true)";
        return new StagedRows(header, relation, source.File.Path);
    }
}
