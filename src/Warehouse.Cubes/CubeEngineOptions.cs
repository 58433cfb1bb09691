using System.Data.Common;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Rollups;
using Warehouse.Cubes.Serving;

namespace Warehouse.Cubes;

/// <summary>What a <see cref="CubeEngine"/> is told of the warehouse around it.</summary>
public sealed record CubeEngineOptions
{
    /// <summary>Reads which state of the data a connection sees, within the transaction of the query; null where the data has no generations.</summary>
    public Func<DbConnection, CancellationToken, Task<GenerationStamp>>? Generation { get; init; }

    /// <summary>
    /// Tells which state of the data is the latest without asking the database, as one who publishes it can; null where nobody knows.
    /// With it, answers are kept in memory until the next state, and identical questions in flight are asked once.
    /// </summary>
    public Func<GenerationStamp>? Latest { get; init; }

    /// <summary>So many values (rows times columns) of answers are kept in memory at most.</summary>
    public long MostCachedValues { get; init; } = 2_000_000;

    /// <summary>Whether each answer from rollups is computed from facts, too, and a difference is an error: for tests.</summary>
    public bool ComparesRollups { get; init; }

    /// <summary>Reads how many bytes running queries hold in the engine, for <see cref="QueryLimits.MostBytes"/>; null where nobody knows.</summary>
    public Func<DbConnection, CancellationToken, Task<long>>? HeldBytes { get; init; }

    /// <summary>
    /// Is told what questions took of facts that a rollup could have given, for <see cref="CubeEngine.SuggestRollupsAsync"/>; null where
    /// nobody keeps it. Answers from memory are not told.
    /// </summary>
    public Action<AskedQuery>? Asked { get; init; }

    /// <summary>How much queries may take.</summary>
    public QueryLimits Limits { get; init; } = new();

    /// <summary>The clock that « today » is read from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The time zone in which days begin.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;
}
