namespace Warehouse.DuckDb.Databases;

/// <summary>Where a database is: a file, or memory, of one's own or shared by name.</summary>
/// <param name="Path">The text that libduckdb is given: a full path without symbolic links, or a <c>:memory:</c> name.</param>
/// <param name="Kind">Which of the three.</param>
internal sealed record DatabaseLocation(string Path, DatabaseLocationKind Kind)
{
    public static DatabaseLocation Parse(string dataSource)
    {
        if (dataSource.Length == 0)
        {
            throw new ArgumentException(
                "The connection string has no 'Data Source': give a file's path, ':memory:', or ':memory:NAME' for a database shared by name.");
        }

        if (string.Equals(dataSource, DuckDBConnectionStringBuilder.InMemory, StringComparison.Ordinal))
        {
            return new DatabaseLocation(dataSource, DatabaseLocationKind.PrivateMemory);
        }

        return dataSource.StartsWith(DuckDBConnectionStringBuilder.InMemory, StringComparison.Ordinal)
            ? new DatabaseLocation(dataSource, DatabaseLocationKind.SharedMemory)
            : new DatabaseLocation(WithoutLinks(System.IO.Path.GetFullPath(dataSource)), DatabaseLocationKind.File);
    }

    /// <summary>
    /// The one path of a file, however it was named. libduckdb tells databases apart by their paths, and two instances
    /// on one file in one process lose each other's rows.
    /// </summary>
    private static string WithoutLinks(string fullPath)
    {
        var resolved = System.IO.Path.GetPathRoot(fullPath)!;
        foreach (var part in fullPath[resolved.Length..].Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            resolved = System.IO.Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(resolved) ? new DirectoryInfo(resolved) : new FileInfo(resolved);
            if (entry.LinkTarget is not null && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            {
                resolved = WithoutLinks(target.FullName);
            }
        }

        return resolved;
    }
}

internal enum DatabaseLocationKind
{
    File,
    PrivateMemory,
    SharedMemory,
}
