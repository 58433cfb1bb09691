namespace Warehouse.Cubes.Serving;

/// <summary>How much queries may take. The defaults limit nothing but the number of rows.</summary>
public sealed record QueryLimits
{
    /// <summary>So many queries run at once; others wait their turn.</summary>
    public int MostAtOnce { get; init; } = int.MaxValue;

    /// <summary>So many may wait; one more is refused at once.</summary>
    public int MostWaiting { get; init; } = int.MaxValue;

    /// <summary>How long a query may run, its waiting left out; it is then stopped in the engine.</summary>
    public TimeSpan LongestRun { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// So many bytes a query may hold in the engine (hash tables, sorted rows) before it is stopped; null for as many as the engine has.
    /// The engine is measured as a whole, by <see cref="CubeEngineOptions.HeldBytes"/>: n queries at once may hold n times as many.
    /// </summary>
    public long? MostBytes { get; init; }

    /// <summary>So many rows an answer may have: they are held in memory.</summary>
    public int MostRows { get; init; } = 10_000_000;
}
