using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Store;

namespace Warehouse.Service.Api;

/// <summary>The definitions of a workspace as they are on disk: whether anybody has written one since.</summary>
internal sealed class Definitions(Workspace workspace, TimeProvider time)
{
    private const string Cubes = "cubes";
    private static readonly string[] Folders = ["feeds", "segments", "campaigns", "churn", "destinations"];

    /// <summary>Nobody writes a definition and asks again more quickly than this; many who ask at once share one look at the disk.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private volatile Look? _looked;

    /// <summary>Another one when a definition was written, added or taken away.</summary>
    public string Stamp => Looked().Stamp;

    /// <summary>The stamp of the cubes alone.</summary>
    public string CubesStamp => Looked().Cubes;

    /// <summary>The day in the workspace's time zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), workspace.Definition.TimeZone).DateTime);

    private Look Looked()
    {
        if (_looked is { } looked && time.GetElapsedTime(looked.At) < Moment)
        {
            return looked;
        }

        var began = time.GetTimestamp();
        var cubes = StampOf(workspace.DefinitionsIn(Cubes));
        var others = Directory.EnumerateFiles(workspace.Folder, "*.yaml").Order(StringComparer.Ordinal).Concat(Folders.SelectMany(workspace.DefinitionsIn));
        return _looked = new Look(began, $"{cubes}{StampOf(others)}", cubes);
    }

    private static string StampOf(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in files)
        {
            var file = new FileInfo(path);
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{path}|{file.LastWriteTimeUtc.Ticks}|{(file.Exists ? file.Length : 0)}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Look(long At, string Stamp, string Cubes);
}
