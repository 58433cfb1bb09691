namespace Warehouse.Etl.Star;

/// <summary>What became of the rows of one file that filled a fact.</summary>
/// <param name="LoadKey">The file's load.</param>
/// <param name="Loaded">Rows that are the first word about something.</param>
/// <param name="Corrected">Rows that changed what was known.</param>
/// <param name="Deleted">Rows that took something back.</param>
/// <param name="Known">Rows that said again what was known.</param>
/// <param name="Withdrawn">Facts, not rows of the file, that are no more because what they stood in was told again without them.</param>
internal sealed record FactOutcome(int LoadKey, long Loaded, long Corrected, long Deleted, long Known, long Withdrawn)
{
    /// <summary>The outcomes of several steps, added up by file.</summary>
    public static IReadOnlyList<FactOutcome> Sum(IEnumerable<FactOutcome> outcomes) =>
    [
        .. outcomes.GroupBy(file => file.LoadKey).Select(files => new FactOutcome(
            files.Key,
            files.Sum(file => file.Loaded),
            files.Sum(file => file.Corrected),
            files.Sum(file => file.Deleted),
            files.Sum(file => file.Known),
            files.Sum(file => file.Withdrawn))),
    ];
}
