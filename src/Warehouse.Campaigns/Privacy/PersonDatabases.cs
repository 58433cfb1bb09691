using System.IO.Compression;
using System.Text.RegularExpressions;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Campaigns.Privacy;

/// <summary>
/// Databases beside the workspace's own: what an older version of the program left, and what lies packed in backups. Their texts are
/// compressed, so that only the engine finds them.
/// </summary>
internal sealed partial class PersonDatabases(Workspace workspace, PersonTokens tokens)
{
    /// <summary>Whether it is the database of the workspace, or something that the engine keeps beside it.</summary>
    public bool IsOwn(string path) => path.StartsWith(workspace.DatabasePath, StringComparison.Ordinal) && !IsOlder(path);

    /// <summary>Whether it is the copy that was kept before the database was brought up to a newer version.</summary>
    public bool IsOlder(string path) =>
        path.StartsWith(workspace.DatabasePath, StringComparison.Ordinal) && VersionEnding().IsMatch(path[workspace.DatabasePath.Length..]);

    /// <summary>Whether a file is a database of the engine.</summary>
    public static bool IsOne(string path)
    {
        Span<byte> head = stackalloc byte[12];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[8..].SequenceEqual("DUCK"u8);
    }

    /// <summary>Whether a telling text stands in a database.</summary>
    public async Task<bool> HoldsAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder { DataSource = path, AccessMode = "read_only" }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return (await PersonTexts.FindAsync(connection, tokens, cancellationToken)).Count > 0;
        }
        catch (DuckDBException)
        {
            // What cannot be read may hold anything.
            return true;
        }
    }

    /// <summary>Whether a telling text stands in a database that is packed in an archive.</summary>
    public async Task<bool> HoldsPackedAsync(ZipArchiveEntry entry, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("warehouse-forget-");
        try
        {
            var path = Path.Combine(folder.FullName, "packed.duckdb");
            await entry.ExtractToFileAsync(path, overwrite: true, cancellationToken);
            return await HoldsAsync(path, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"^\.v[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionEnding();
}
