using System.Security.Cryptography;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Staging;

/// <summary>A source file, read once for its hash and, where it is delimited text, its outline.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">How it is read.</param>
/// <param name="Csv">The outline of delimited text; null for other formats.</param>
/// <param name="WrittenAt">When the file was last written, UTC, as it was read.</param>
internal sealed record SourceInspection(SourceFile File, FileFormat Format, CsvOutline? Csv, DateTime WrittenAt)
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
            var writtenAt = System.IO.File.GetLastWriteTimeUtc(path);
            using var hash = SHA256.Create();
            await using var hashed = new CryptoStream(raw, hash, CryptoStreamMode.Read);
            CsvOutline? outline = null;
            if (format == FileFormat.Csv)
            {
                outline = await ScanAsync(hashed, path, feed.Source, cancellationToken);
            }

            await hashed.CopyToAsync(Stream.Null, cancellationToken);
            return new SourceInspection(new SourceFile(path, name, raw.Length, Convert.ToHexStringLower(hash.Hash!)), format, outline, writtenAt);
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

    /// <summary>Requires that nobody wrote to the file since it was inspected: its rows must be those of its hash.</summary>
    /// <exception cref="UserFaultException">Somebody did.</exception>
    public void RequireUnchanged()
    {
        var now = new FileInfo(File.Path);
        if (!now.Exists || now.Length != File.Bytes || now.LastWriteTimeUtc != WrittenAt)
        {
            throw new UserFaultException($"{File.Name} was changed while it was read. Nothing was loaded. Load it when it is whole.");
        }
    }

    private static async Task<CsvOutline> ScanAsync(Stream hashed, string path, FeedSource source, CancellationToken cancellationToken)
    {
        if (!CsvRepair.IsCompressed(path))
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
