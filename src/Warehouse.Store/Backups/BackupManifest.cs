using System.Text.Json;

namespace Warehouse.Store.Backups;

/// <summary>What a backup holds (<c>manifest.json</c> in it).</summary>
/// <param name="Format">The form of the backup; 1.</param>
/// <param name="Workspace">The workspace's name.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="SchemaVersion">The schema of its database.</param>
/// <param name="Generation">The generation that its database is at.</param>
/// <param name="PublishedAt">When that was published.</param>
/// <param name="Tables">Every table of the database, and its rows.</param>
/// <param name="Files">Every file beside the manifest.</param>
public sealed record BackupManifest(
    int Format,
    string Workspace,
    DateTimeOffset CreatedAt,
    int SchemaVersion,
    int Generation,
    DateTimeOffset PublishedAt,
    IReadOnlyList<BackupTable> Tables,
    IReadOnlyList<BackupFile> Files)
{
    /// <summary>The form that this program writes.</summary>
    public const int Current = 1;

    internal const string Name = "manifest.json";
    internal const string Database = "database.duckdb";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    internal static BackupManifest? Read(Stream stream) => JsonSerializer.Deserialize<BackupManifest>(stream, Form);
}

/// <summary>A table of a backup.</summary>
/// <param name="Table">Its name with its schema.</param>
/// <param name="Rows">So many rows it has.</param>
public sealed record BackupTable(string Table, long Rows);

/// <summary>A file of a backup.</summary>
/// <param name="Path">Its name there, with forward slashes.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal.</param>
public sealed record BackupFile(string Path, long Bytes, string Sha256);
