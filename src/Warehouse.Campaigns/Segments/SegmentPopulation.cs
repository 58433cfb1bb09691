using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>The customers whom segments choose among, kept so that previews need not gather them.</summary>
public static class SegmentPopulation
{
    /// <summary>Gathers and stores them where they are not stored already.</summary>
    /// <param name="database">The warehouse.</param>
    /// <param name="options">Whose sales are scored, and as of when: previews as of then find them.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <returns>Whether they were gathered now.</returns>
    public static Task<bool> KeepAsync(WarehouseDatabase database, PopulationOptions options, CancellationToken cancellationToken) =>
        SegmentPeople.KeepAsync(database, options, cancellationToken);
}
