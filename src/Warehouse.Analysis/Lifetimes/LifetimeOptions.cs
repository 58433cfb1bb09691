using Warehouse.Analysis.Populations;
using Warehouse.Definitions;
using Warehouse.Models.Lifetime;

namespace Warehouse.Analysis.Lifetimes;

/// <summary>What is asked of the lifetime models.</summary>
/// <param name="AsOf">The date that the answer is given for.</param>
public sealed record LifetimeOptions(AsOf AsOf)
{
    internal const double WeeksPerYear = 365.25 / 7;

    /// <summary>Weeks after the date in which purchases are expected. Default: 52.</summary>
    public int HorizonWeeks { get; init; } = 52;

    /// <summary>How much less a year makes money worth: .1 is ten per cent. Default: .1.</summary>
    public double AnnualDiscountRate { get; init; } = .1;

    /// <summary>The part of spend that is profit. Default: 1, which values revenue.</summary>
    public double Margin { get; init; } = 1;

    /// <summary>The model; null has the one chosen that predicts a holdout best.</summary>
    public LifetimeModelKind? Model { get; init; }

    /// <summary>Weeks before the date that are held out; null takes a third of the time since the first purchase, at most 52.</summary>
    public int? HoldoutWeeks { get; init; }

    internal ValuationTerms Terms => new(DiscountRate.Continuous(AnnualDiscountRate, WeeksPerYear), Margin);

    internal string Canonical =>
        FormattableString.Invariant($"horizon={HorizonWeeks}; discount={AnnualDiscountRate:R}; margin={Margin:R}; model={Model}; holdout={HoldoutWeeks}; hindsight={AsOf.HasHindsight}");

    internal void Require()
    {
        if (HorizonWeeks is < 1 or > 1040)
        {
            throw new WrongCommandException(FormattableString.Invariant($"The horizon is from 1 to 1,040 weeks, not {HorizonWeeks}."));
        }

        if (AnnualDiscountRate is not (> 0 and <= 10))
        {
            throw new WrongCommandException(FormattableString.Invariant(
                $"The discount rate is above 0 and at most 10 (.1 is ten per cent a year), not {AnnualDiscountRate}."));
        }

        if (Margin is not (> 0 and <= 1))
        {
            throw new WrongCommandException(FormattableString.Invariant($"The margin is a share of spend above 0 and at most 1, not {Margin}."));
        }

        if (HoldoutWeeks is < 1)
        {
            throw new WrongCommandException(FormattableString.Invariant($"The holdout is at least one week, not {HoldoutWeeks}."));
        }
    }
}
