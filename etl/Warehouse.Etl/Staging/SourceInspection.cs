using System.Security.Cryptography;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Staging;

/// <summary>A source file, read once for its hash and, where it is delimited text, its outline.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">How it is read.</param>
/// <param name="Csv">The outline of delimited text; null for other formats.</param>
internal sealed record SourceInspection(SourceFile File, FileFormat Format, CsvOutline? Csv)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="UserFaultException">It is not there or cannot be read.</exception>
    public static async Task<SourceInspection> RunAsync(Workspace workspace, Feed feed, string path, CancellationToken cancellationToken)
    {
        var name = workspace.NameOf(path);
        var format = feed.Source.Format ?? FormatOf(name);
        try
        {
            await using var raw = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan | FileOptions.Asynchronous);
            using var hash = SHA256.Create();
            await using var hashed = new CryptoStream(raw, hash, CryptoStreamMode.Read);
            CsvOutline? outline = null;
            if (format == FileFormat.Csv)
            {
                outline = await ScanAsync(hashed, path, feed.Source, cancellationToken);
            }

            await hashed.CopyToAsync(Stream.Null, cancellationToken);
            return new SourceInspection(new SourceFile(path, name, raw.Length, Convert.ToHexStringLower(hash.Hash!)), format, outline);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException(
                System.IO.File.Exists(path) || Directory.Exists(path)
                    ? $"{name} cannot be read: {fault.Message} Nothing was loaded."
                    : $"There is no file {name}. Nothing was loaded.",
                fault);
        }
        catch (InvalidDataException broken)
        {
            throw new UserFaultException($"{name} is no whole gzip file: {broken.Message} Nothing was loaded.", broken);
        }
    }

    private static async Task<CsvOutline> ScanAsync(Stream hashed, string path, FeedSource source, CancellationToken cancellationToken)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            return await CsvScan.RunAsync(hashed, source.Delimiter, source.Quote, source.Encoding, cancellationToken);
        }

        await using var plain = new System.IO.Compression.GZipStream(
            hashed, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true);
        return await CsvScan.RunAsync(plain, source.Delimiter, source.Quote, source.Encoding, cancellationToken);
    }

    private static FileFormat FormatOf(string name) =>
        name.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? FileFormat.Parquet : FileFormat.Csv;
}
