namespace Warehouse.Cubes.Planning;

/// <summary>Over which facts a measure is computed for a row, where these are not the row's own.</summary>
/// <param name="Steps">Changes of the stretch of time.</param>
/// <param name="Dropped">The keys that are totalled over, by their bits.</param>
internal sealed record MeasureSetting(TimeSteps Steps, int Dropped)
{
    public static MeasureSetting Own { get; } = new(TimeSteps.None, 0);

    /// <summary>Which of those facts count.</summary>
    public FactChoice Choice { get; init; } = FactChoice.All;
}
