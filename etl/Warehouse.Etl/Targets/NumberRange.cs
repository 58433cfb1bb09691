namespace Warehouse.Etl.Targets;

/// <summary>Bounds of a number, both inclusive; null is no bound.</summary>
/// <param name="Least">The least that is allowed.</param>
/// <param name="Most">The most that is allowed.</param>
public sealed record NumberRange(decimal? Least, decimal? Most)
{
    /// <summary>Any number.</summary>
    public static NumberRange Any { get; } = new(null, null);

    /// <summary>What both allow.</summary>
    public NumberRange And(NumberRange other) => new(
        Least is null || other.Least > Least ? other.Least : Least,
        Most is null || other.Most < Most ? other.Most : Most);
}
