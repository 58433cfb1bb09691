namespace Warehouse.Campaigns.Measurement;

/// <summary>A range that holds the truth with a stated probability; both ends belong to it.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether a value lies in it.</summary>
    public bool Holds(double value) => Low <= value && value <= High;
}
