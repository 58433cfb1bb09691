namespace Warehouse.Etl.Staging;

/// <summary>A file that a feed reads, looked at but not yet loaded.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Name">How people name it: relative to the workspace where it lies in it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ContentHash">SHA-256 of its bytes, in hexadecimal; of a database's rows what tells them from others.</param>
/// <param name="WrittenAt">When it was last written, to the microsecond; null for a database's rows.</param>
/// <param name="Watermark">Up to where a database's rows are read; null where it has no watermark.</param>
public sealed record SourceFile(string Path, string Name, long Bytes, string ContentHash, DateTimeOffset? WrittenAt, string? Watermark)
{
    /// <summary>What the server that gave the file calls this content of it; null for others.</summary>
    public string? RemoteVersion { get; init; }
}
