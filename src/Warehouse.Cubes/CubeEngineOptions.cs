using System.Data.Common;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes;

/// <summary>What a <see cref="CubeEngine"/> is told of the warehouse around it.</summary>
public sealed record CubeEngineOptions
{
    /// <summary>Reads which state of the data a connection sees, within the transaction of the query; null where the data has no generations.</summary>
    public Func<DbConnection, CancellationToken, Task<GenerationStamp>>? Generation { get; init; }

    /// <summary>The clock that « today » is read from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The time zone in which days begin.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
