using static System.FormattableString;

namespace Warehouse.Campaigns.Measurement;

/// <summary>
/// Customers of the control whom the campaign reached all the same. They stay in the control, as they were drawn, and make the
/// differences smaller than what being reached does; how much, follows where those who are reached respond alike in both arms
/// (Bloom 1984, « Accounting for no-shows in experimental evaluation designs »).
/// </summary>
/// <param name="Arm">The arm.</param>
/// <param name="Reached">How many of its customers were reached.</param>
/// <param name="Customers">Customers of the arm.</param>
/// <param name="ControlReached">How many of the control were reached.</param>
/// <param name="ControlCustomers">Customers of the control.</param>
/// <param name="OfReached">The effects on each customer who was reached: the differences over <see cref="Dilution"/>.</param>
public sealed record Contamination(
    string Arm, int Reached, int Customers, int ControlReached, int ControlCustomers, IReadOnlyList<EffectOnReached> OfReached)
{
    /// <summary>The share that was reached in the arm less that in the control; null where it is not above 0, and nothing can be compared.</summary>
    public double? Dilution => ((double)Reached / Customers) - ((double)ControlReached / ControlCustomers) is > 0 and var share ? share : null;

    /// <summary>The finding as a sentence.</summary>
    public string Words => Dilution is null
        ? Invariant($"Nothing is measured: {ControlReached:#,##0} of {ControlCustomers:#,##0} control customers were reached, and {Reached:#,##0} of {Customers:#,##0} of {Arm}: the control was not left alone, and there is nothing to compare with.")
        : Invariant($"{ControlReached:#,##0} of {ControlCustomers:#,##0} control customers ({(double)ControlReached / ControlCustomers:0.0 %}) were reached all the same. They count as control, so that {Arm} changed no less than is found; where those reached respond alike, each one reached changed by {1 / Dilution.Value:0.00} times that.");

    internal static IReadOnlyList<Contamination> All(Experiment experiment)
    {
        var reached = experiment.Reached;
        return reached is null || reached[0] == 0
            ? []
            : [.. experiment.Arms.Skip(1).Select((arm, place) => new Contamination(arm, reached[place + 1], experiment.Sizes[place + 1], reached[0], experiment.Sizes[0], []))];
    }

    internal Contamination With(IEnumerable<Effect> effects) => Dilution is not { } share
        ? this
        : this with
        {
            OfReached = [.. effects.Where(effect => effect.Arm == Arm).Select(effect => new EffectOnReached(effect.Outcome, effect.Difference / share, effect.Low / share, effect.High / share))],
        };
}

/// <summary>An effect on each customer who was reached, with its 95 % interval.</summary>
public sealed record EffectOnReached(string Outcome, double Difference, double Low, double High);
