using Warehouse.Store;

namespace Warehouse.Etl.Loading;

/// <summary>What a load did.</summary>
/// <param name="Generation">What it published, or null where everything was loaded already and the calendar is as it was.</param>
/// <param name="Files">Each file, in the order of loading.</param>
public sealed record LoadReport(Generation? Generation, IReadOnlyList<FileReport> Files)
{
    /// <summary>Whether some feed's share of rejected rows is beyond its limit.</summary>
    public bool IsBeyondLimit => Files.Any(file => file.IsBeyondLimit);
}

/// <summary>What became of the rows of a file: read = loaded + rejected + already loaded.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Source">The file as people name it.</param>
/// <param name="RowsRead">Records of the file.</param>
/// <param name="RowsLoaded">Those that are in the star now.</param>
/// <param name="RowsRejected">Those in <c>quality.reject</c>.</param>
/// <param name="RowsAlreadyLoaded">Those that an earlier load brought.</param>
/// <param name="IsBeyondLimit">Whether more were rejected than the feed allows.</param>
public sealed record FileReport(
    string Feed, string Source, long RowsRead, long RowsLoaded, long RowsRejected, long RowsAlreadyLoaded, bool IsBeyondLimit)
{
    /// <summary>Whether the file brought nothing new: every row, if it has any, was loaded before.</summary>
    public bool IsKnown => RowsAlreadyLoaded == RowsRead;
}

/// <summary>Where a load is.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Source">The file, or null where the step is the feed's.</param>
/// <param name="Step">What is being done.</param>
public sealed record LoadProgress(string Feed, string? Source, string Step);
