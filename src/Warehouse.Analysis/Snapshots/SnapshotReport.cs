namespace Warehouse.Analysis.Snapshots;

/// <summary>What became of a date's snapshot.</summary>
/// <param name="AsOf">The date.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of what it was computed by.</param>
/// <param name="Generation">The generation that it was published as; null where it was stored already.</param>
/// <param name="Customers">Customers stored.</param>
/// <param name="LifetimeModel">The model of purchases; null where none gave estimates, or it was stored already.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record SnapshotReport(
    DateOnly AsOf, string Definition, int? Generation, long Customers, string? LifetimeModel, IReadOnlyList<string> Notes);
