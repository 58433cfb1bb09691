using Warehouse.SampleData.Assortment;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Stores;

namespace Warehouse.SampleData.Customers;

internal enum Origin
{
    /// <summary>The first order falls within the window and is in the files.</summary>
    Newcomer,

    /// <summary>The first order was before the window and is not in the files.</summary>
    Established,

    /// <summary>Registered, never bought.</summary>
    Prospect,
}

/// <summary>What a campaign does to a customer who has not left.</summary>
internal enum Response
{
    Indifferent,

    /// <summary>May place an order that would not have been placed.</summary>
    Responsive,

    /// <summary>May keep away for the length of the campaign's window.</summary>
    Averse,
}

internal enum Shopping
{
    ShopsOnly,
    WebOnly,
    Both,
}

/// <summary>What is hidden in a customer and does not change. Drawn so that nothing but the purchases themselves
/// tells anything of <see cref="Rate"/> and <see cref="DropoutProbability"/>.</summary>
internal sealed record Traits
{
    public required int Index { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>By the trading clock: of the first order; of the registration for a prospect. Negative before the window.</summary>
    public required double AcquiredAt { get; init; }

    /// <summary>λ, orders per trading week.</summary>
    public required double Rate { get; init; }

    /// <summary>p, the probability of leaving after each order but the first.</summary>
    public required double DropoutProbability { get; init; }

    /// <summary>ν, the rate of the order value's gamma distribution.</summary>
    public required double SpendRate { get; init; }

    /// <summary>Never complains, never in a campaign.</summary>
    public required bool IsUndisturbed { get; init; }

    public required Response Response { get; init; }

    public required Shopping Shopping { get; init; }

    /// <summary>The probability that a customer of both buys on the web while shops are open.</summary>
    public required double WebShare { get; init; }

    public required bool UsesApp { get; init; }

    public required Store HomeStore { get; init; }

    /// <summary>Three subcategories, the dearest to the customer first.</summary>
    public required (int First, int Second, int Third) Favourites { get; init; }

    /// <summary>The probability that a line is bought at a discount, outside sales.</summary>
    public required double DiscountShare { get; init; }

    /// <summary>The probability that a line comes back, for a category with factor 1.</summary>
    public required double ReturnRate { get; init; }

    /// <summary>What the customer uses up and buys again, or null.</summary>
    public required Habit? Habit { get; init; }

    /// <summary>p/ν: the expected value of an order in pounds.</summary>
    public double MeanOrderValue => Population.SpendP / SpendRate;

    public static Traits Draw(int index, int seed, TradingClock clock, StoreList stores, Catalogue catalogue, Rng rng)
    {
        rng.Restart(seed, RandomStream.Traits, index);
        var origin = rng.Uniform() switch
        {
            < Population.EstablishedShare => Origin.Established,
            < Population.EstablishedShare + Population.ProspectShare => Origin.Prospect,
            _ => Origin.Newcomer,
        };
        var acquiredAt = origin == Origin.Established ? -WeeksBefore(rng) : rng.Uniform() * clock.End;
        var rate = rng.Gamma(Population.R) / Population.Alpha;
        var dropout = rng.Beta(Population.A, Population.B);
        var spendRate = rng.Gamma(Population.SpendQ) / Population.SpendGamma;
        var isUndisturbed = rng.Chance(Population.UndisturbedShare) && origin == Origin.Newcomer;
        var response = rng.Uniform() switch
        {
            < Population.ResponsiveShare => Response.Responsive,
            < Population.ResponsiveShare + Population.AverseShare => Response.Averse,
            _ => Response.Indifferent,
        };
        var shopping = rng.Uniform() switch
        {
            < 0.40 => Shopping.ShopsOnly,
            < 0.70 => Shopping.WebOnly,
            _ => Shopping.Both,
        };

        return new Traits
        {
            Index = index,
            Origin = origin,
            AcquiredAt = acquiredAt,
            Rate = rate,
            DropoutProbability = dropout,
            SpendRate = spendRate,
            IsUndisturbed = isUndisturbed,
            Response = response,
            Shopping = shopping,
            WebShare = rng.Beta(2, 3),
            UsesApp = rng.Chance(0.4),
            HomeStore = stores.DrawHome(rng),
            Favourites = (catalogue.DrawSubcategory(rng), catalogue.DrawSubcategory(rng), catalogue.DrawSubcategory(rng)),
            DiscountShare = rng.Beta(1.5, 8),
            ReturnRate = rng.Beta(1.2, 26),
            Habit = catalogue.DrawHabit(Population.SpendP / spendRate, rng),
        };
    }

    private static double WeeksBefore(Rng rng)
    {
        double years;
        do
        {
            years = Population.MeanYearsBefore * rng.Exponential();
        }
        while (years >= Population.MaxYearsBefore);

        return years * 365.25 / 7;
    }
}
