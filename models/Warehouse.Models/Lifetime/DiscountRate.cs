namespace Warehouse.Models.Lifetime;

/// <summary>Turns the discount rate that a business names, per year, into the one that a model takes.</summary>
public static class DiscountRate
{
    /// <summary>The continuous rate per unit of time: ln(1 + d) / units.</summary>
    /// <param name="annualRate">d: .1 for ten per cent a year.</param>
    /// <param name="unitsPerYear">How many of the model's time units make a year: 52.18 for weeks, 365.25 for days.</param>
    public static double Continuous(double annualRate, double unitsPerYear) => Math.Log(1 + annualRate) / unitsPerYear;

    /// <summary>The rate per occasion, compounded once an occasion: (1 + d)^(1/occasions) - 1.</summary>
    /// <param name="annualRate">d: .1 for ten per cent a year.</param>
    /// <param name="occasionsPerYear">Occasions or renewals in a year.</param>
    public static double PerOccasion(double annualRate, double occasionsPerYear) => Math.Pow(1 + annualRate, 1 / occasionsPerYear) - 1;
}
