namespace Warehouse.Charts;

/// <summary>How people want to see a number.</summary>
public enum ValueFormat
{
    /// <summary>A whole number, its thousands apart.</summary>
    Count,

    /// <summary>An amount of money with two decimals.</summary>
    Money,

    /// <summary>A share of one as a percentage.</summary>
    Share,

    /// <summary>Any other number, with up to three decimals.</summary>
    Number,
}

/// <summary>What an axis measures.</summary>
/// <param name="Name">Its name, with the unit where there is one.</param>
/// <param name="Format">How its numbers are shown.</param>
public sealed record Axis(string Name, ValueFormat Format = ValueFormat.Number);
