using System.Security.Cryptography;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Staging;

/// <summary>A source file and the hash by which it is known again.</summary>
/// <param name="File">The file.</param>
/// <param name="Format">How it is read.</param>
/// <param name="WrittenAt">When the file was last written, UTC, as it was hashed.</param>
internal sealed record SourceInspection(SourceFile File, FileFormat Format, DateTime WrittenAt)
{
    /// <summary>Reads a file for its hash.</summary>
    /// <param name="name">How people name it.</param>
    /// <param name="feed">The feed that reads it.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="UserFaultException">It is not there or cannot be read.</exception>
    public static async Task<SourceInspection> RunAsync(string name, Feed feed, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan | FileOptions.Asynchronous);
            var writtenAt = System.IO.File.GetLastWriteTimeUtc(path);
            var hash = await SHA256.HashDataAsync(file, cancellationToken);
            return new SourceInspection(
                new SourceFile(path, name, file.Length, Convert.ToHexStringLower(hash), MicrosOf(writtenAt), null), feed.Source.Format ?? FormatOf(path), writtenAt);
        }
        catch (Exception fault) when (SourceFault.IsOfSource(fault))
        {
            throw SourceFault.Of(name, fault);
        }
    }

    /// <summary>What a look at a file's size and time tells, without its content.</summary>
    public static SourceFile Glance(Workspace workspace, string path)
    {
        var info = new FileInfo(path);
        return new SourceFile(
            path, workspace.NameOf(path), info.Exists ? info.Length : -1, "", info.Exists ? MicrosOf(info.LastWriteTimeUtc) : null, null);
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

    private static DateTimeOffset MicrosOf(DateTime time) => new(time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond)));

    /// <summary>The format that a file's ending tells.</summary>
    public static FileFormat FormatOf(string path)
    {
        var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(plain).ToLowerInvariant() switch
        {
            ".parquet" => FileFormat.Parquet,
            ".json" => FileFormat.Json,
            ".jsonl" or ".ndjson" => FileFormat.JsonLines,
            ".xlsx" => FileFormat.Excel,
            ".duckdb" => FileFormat.DuckDb,
            _ => FileFormat.Csv,
        };
    }
}
