using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>The customers whom segments choose among, kept so that previews need not gather them.</summary>
public static class SegmentPopulation
{
    /// <summary>Gathers and stores them, as one generation, where they are not stored already: the first preview of the day is then as fast as the next.</summary>
    /// <param name="database">The warehouse.</param>
    /// <param name="options">Whose sales are scored, and as of when: previews as of then find them.</param>
    /// <param name="cancellationToken">Stops the work; nothing of it remains.</param>
    /// <returns>Whether they were gathered now.</returns>
    public static async Task<bool> KeepAsync(WarehouseDatabase database, PopulationOptions options, CancellationToken cancellationToken) =>
        await database.PublishAsync(
            SegmentBuild.Reason + "people",
            async (publication, stop) =>
            {
                await using var people = await SegmentPeople.GatherAsync(publication.Connection, options, stop);
                return await people.StoreAsync(publication.Number, stop);
            },
            cancellationToken) is not null;
}
