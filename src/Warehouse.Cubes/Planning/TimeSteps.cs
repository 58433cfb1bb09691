using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Planning;

/// <summary>Changes of the stretch of time that a measure is computed over, outermost first: prior(to_date(x, year), year) shifts, then extends.</summary>
internal sealed class TimeSteps : IEquatable<TimeSteps>
{
    private readonly TimeStep[] _steps;

    private TimeSteps(TimeStep[] steps) => _steps = steps;

    /// <summary>The row's own period.</summary>
    public static TimeSteps None { get; } = new([]);

    public bool IsNone => _steps.Length == 0;

    /// <summary>Whether every stretch begins with the first day of all.</summary>
    public bool IsFromFirstDay => !IsNone && _steps[^1].Kind == TimeStepKind.Cumulative;

    public TimeSteps Then(TimeStep step) => new([.. _steps, step]);

    /// <summary>The stretch that the steps make of one, or null where it has no counterpart.</summary>
    public (DateOnly From, DateOnly To)? Apply((DateOnly From, DateOnly To) stretch, TimeUnit? unit, Calendar calendar)
    {
        (DateOnly From, DateOnly To)? current = stretch;
        foreach (var step in _steps)
        {
            current = current is { } known ? step.Apply(known, unit, calendar) : null;
        }

        return current;
    }

    public bool Equals(TimeSteps? other) => other is not null && _steps.SequenceEqual(other._steps);

    public override bool Equals(object? obj) => Equals(obj as TimeSteps);

    public override int GetHashCode() => _steps.Aggregate(0, HashCode.Combine);

    /// <summary>The steps, the outermost first.</summary>
    public override string ToString() => string.Join(", ", _steps.Select(step => step.ToString()));
}
