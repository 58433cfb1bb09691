namespace Warehouse.Etl.Star;

/// <summary>What became of the rows of one file that filled a fact.</summary>
/// <param name="LoadKey">The file's load.</param>
/// <param name="Loaded">Rows that are the first word about something.</param>
/// <param name="Corrected">Rows that changed what was known.</param>
/// <param name="Deleted">Rows that took something back.</param>
/// <param name="Known">Rows that said again what was known.</param>
internal sealed record FactOutcome(int LoadKey, long Loaded, long Corrected, long Deleted, long Known);
