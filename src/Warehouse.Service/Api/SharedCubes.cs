using System.Data.Common;
using Warehouse.Cubes;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Serving;
using Warehouse.Store;
using Warehouse.Verbs.Commands;

namespace Warehouse.Service.Api;

/// <summary>
/// One engine for all who ask the cubes, so that plans and answers are kept between questions; another one when a cube's definition
/// was written, or the database was opened anew.
/// </summary>
internal sealed class SharedCubes(Definitions definitions, RunningDatabase running, QueryLimits limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private (string Stamp, DbDataSource Source, CubeEngine Engine)? _known;

    /// <summary>The engine over an open database.</summary>
    public CubeEngine Of(WarehouseDatabase database)
    {
        var stamp = definitions.CubesStamp;
        lock (_gate)
        {
            if (_known is { } known && known.Stamp == stamp && known.Source == database.Source)
            {
                return known.Engine;
            }

            var engine = QueryCommand.Engine(database, time, limits, Latest);
            _known = (stamp, database.Source, engine);
            return engine;
        }
    }

    private GenerationStamp Latest() => new(running.Latest.Number, running.Latest.PublishedAt);
}
