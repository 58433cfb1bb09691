namespace Warehouse.Analysis.Populations;

/// <summary>What a customer's value is made of.</summary>
public enum ValueMeasure
{
    /// <summary>Net amounts in the reporting currency.</summary>
    Revenue,

    /// <summary>Net amounts less costs; lines whose cost is not known have no margin and are counted apart.</summary>
    Margin,

    /// <summary>What the lifetime models expect of each customer: the discounted value of all purchases to come. Of value tiers alone.</summary>
    Expected,
}

/// <summary>What is done with something that some would count and others not.</summary>
public enum Counting
{
    /// <summary>It counts.</summary>
    Counted,

    /// <summary>It does not count, and the population says how much it was.</summary>
    LeftOut,
}

/// <summary>
/// Whose sales are looked at, and which. A customer belongs to the population with at least one purchase (a line that
/// is no return) in the window; the unknown customer and test customers never do.
/// </summary>
/// <param name="AsOf">The date that the answer is given for.</param>
public sealed record PopulationOptions(AsOf AsOf)
{
    /// <summary>How far back sales count. Default: all.</summary>
    public Window Window { get; init; } = Window.All;

    /// <summary>What value is. Default: revenue.</summary>
    public ValueMeasure Measure { get; init; } = ValueMeasure.Revenue;

    /// <summary>Whether returned lines lower the value. Default: they do.</summary>
    public Counting Returns { get; init; } = Counting.Counted;

    /// <summary>What does not depend on the date, for the hash of a definition.</summary>
    internal string Canonical => $"measure={Measure}; returns={Returns}; window={Window}; hindsight={AsOf.HasHindsight}";

    /// <summary>The sales in words.</summary>
    internal string Words =>
        $"{Window.Words(AsOf.Date)}, {AsOf}; value is {MeasureWords}, "
        + $"returns {(Returns == Counting.Counted ? "taken off" : "left out")}; customers with at least one purchase, without the unknown customer and test customers";

    private string MeasureWords => Measure switch
    {
        ValueMeasure.Margin => "margin (net amount less cost)",
        ValueMeasure.Expected => "what is expected (all purchases to come, by the lifetime models, discounted by 10 % a year)",
        _ => "revenue (net amount)",
    };
}
