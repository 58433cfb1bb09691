using System.Globalization;
using System.IO.Compression;
using System.Text;
using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Staging;

/// <summary>A record that cannot be split into the fields of its file.</summary>
/// <param name="Line">The line on which it begins.</param>
/// <param name="Rule">The rule that it broke.</param>
/// <param name="Reason">What was found and what was expected.</param>
/// <param name="Raw">Its text.</param>
internal sealed record BrokenRecord(long Line, string Rule, string Reason, string Raw);

/// <summary>
/// Writes an irregular file anew so that the engine can read it: UTF-8, every field quoted, the line of the record
/// in front. Records that cannot be trusted are set aside; each record goes one way or the other.
/// </summary>
internal static class CsvRepair
{
    /// <summary>Repairs a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="to">Where the regular file is written.</param>
    /// <param name="feed">How the file is written.</param>
    /// <param name="header">Its columns.</param>
    /// <param name="setAside">Takes the records that cannot be trusted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many records were written.</returns>
    public static async Task<long> RunAsync(
        string source, string to, FeedSource feed, IReadOnlyList<string> header, Action<BrokenRecord> setAside, CancellationToken cancellationToken)
    {
        await using var file = OpenDecompressed(source);
        var lenient = Encoding.GetEncoding(feed.Encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);
        using var reader = new StreamReader(file, lenient);
        await using var writer = new StreamWriter(to, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        long written = 0;
        foreach (var record in CsvRecords.Read(reader, feed.Delimiter, feed.Quote, header.Count).Skip(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (FaultOf(record, header) is { } broken)
            {
                setAside(broken);
                continue;
            }

            await writer.WriteAsync(record.Line.ToString(CultureInfo.InvariantCulture));
            foreach (var field in record.Fields)
            {
                await writer.WriteAsync(",\"");
                await writer.WriteAsync(field.Replace("\"", "\"\"", StringComparison.Ordinal));
                await writer.WriteAsync('"');
            }

            await writer.WriteAsync('\n');
            written++;
        }

        return written;
    }

    /// <summary>Opens a file for reading in one go, decompressed where its name ends in .gz.</summary>
    public static Stream OpenDecompressed(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        return IsCompressed(path) ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    /// <summary>Whether a file's name says that it is compressed.</summary>
    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    private static BrokenRecord? FaultOf(CsvRecord record, IReadOnlyList<string> header)
    {
        if (record.Fault is { } fault)
        {
            return new BrokenRecord(record.Line, "quote", $"The record cannot be split into fields: {fault}.", record.Raw);
        }

        if (record.Fields.Count != header.Count)
        {
            return new BrokenRecord(
                record.Line,
                "fields",
                FormattableString.Invariant($"The record has {record.Fields.Count} fields, and the header has {header.Count}."),
                record.Raw);
        }

        if (record.Raw.Contains('\uFFFD', StringComparison.Ordinal))
        {
            return new BrokenRecord(record.Line, "encoding", "The record has bytes that are no characters in the file's encoding.", record.Raw);
        }

        return record.Fields.Zip(header).All(pair => string.Equals(pair.First.Trim(), pair.Second, StringComparison.Ordinal))
            ? new BrokenRecord(record.Line, "header", "The header is repeated in the middle of the file.", record.Raw)
            : null;
    }
}
