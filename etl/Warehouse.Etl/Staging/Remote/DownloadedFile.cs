namespace Warehouse.Etl.Staging.Remote;

/// <summary>A file that was fetched, in a folder for temporary files; it is gone when this is disposed of.</summary>
/// <param name="path">Where it is.</param>
/// <param name="version">What the server calls its content.</param>
internal sealed class DownloadedFile(string path, RemoteVersion version) : IDisposable
{
    public string Path { get; } = path;

    public RemoteVersion Version { get; } = version;

    public void Dispose() => Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
}
