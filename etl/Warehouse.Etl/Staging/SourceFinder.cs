using System.IO.Enumeration;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging.Remote;
using Warehouse.Store;

namespace Warehouse.Etl.Staging;

/// <summary>Finds the files of a feed.</summary>
internal static class SourceFinder
{
    /// <summary>The paths and addresses of a feed's files, those of a pattern in ordinal order; none where it reads a database.</summary>
    /// <exception cref="UserFaultException">There is none.</exception>
    public static IReadOnlyList<string> Find(Workspace workspace, Feed feed)
    {
        if (feed.Source.Postgres is not null)
        {
            return [];
        }

        var paths = Matching(workspace, feed.Source.Files);
        if (paths.Count == 0)
        {
            throw new UserFaultException(
                $"The feed {feed.Name} finds no file: {string.Join(", ", feed.Source.Files.Select(pattern => $"\"{pattern}\""))} matches nothing in {workspace.Folder}. Name one with '--file FILE', or mend \"files\" in the feed.");
        }

        return paths;
    }

    /// <summary>The paths and addresses that patterns name, those of each in ordinal order.</summary>
    public static IReadOnlyList<string> Matching(Workspace workspace, IReadOnlyList<string> patterns) =>
        [.. patterns.SelectMany(pattern => Matching(workspace, pattern)).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Matching(Workspace workspace, string pattern)
    {
        if (FileAddress.IsAddress(pattern))
        {
            return [pattern];
        }

        var full = workspace.PathOf(pattern).Replace('\\', '/');
        if (Directory.Exists(full))
        {
            full = $"{full.TrimEnd('/')}/*";
        }

        var wild = full.IndexOfAny(['*', '?']);
        if (wild < 0)
        {
            return File.Exists(full) ? [full] : [];
        }

        var folder = full[..full.LastIndexOf('/', wild)];
        var rest = full[(folder.Length + 1)..];
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return Files(folder, isDeep: rest.Contains("**", StringComparison.Ordinal) || rest.Contains('/', StringComparison.Ordinal))
            .Where(path => GlobPattern.IsMatch(Path.GetRelativePath(folder, path).Replace('\\', '/'), rest))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The files of a folder; links to folders are not followed, for they can lead back to where they stand.</summary>
    private static FileSystemEnumerable<string> Files(string folder, bool isDeep) => new(
        folder,
        (ref FileSystemEntry entry) => entry.ToFullPath(),
        new EnumerationOptions { RecurseSubdirectories = isDeep, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
    };
}
