namespace Warehouse.SampleData.Customers;

/// <summary>
/// The hidden parameters: what an analysis of the files ought to find. All rates are by the trading clock
/// (<see cref="Calendar.TradingClock"/>), whose weeks are calendar weeks on average.
/// <list type="bullet">
/// <item>Purchases follow BG/NBD (Fader, Hardie and Lee, 2005): while a customer stays, orders come as a Poisson process
/// with rate λ ~ Gamma(<see cref="R"/>, rate <see cref="Alpha"/>); after each order but the first the customer leaves
/// with probability p ~ Beta(<see cref="A"/>, <see cref="B"/>), λ and p independent.</item>
/// <item>The value of an order follows Gamma-Gamma (Fader and Hardie, 2013): z ~ Gamma(<see cref="SpendP"/>, rate ν),
/// ν ~ Gamma(<see cref="SpendQ"/>, rate <see cref="SpendGamma"/>), independent of λ and p; in pounds, net of discounts,
/// before returns.</item>
/// <item>A complaint has a coin of its own: at <see cref="PatienceDays"/> days after it was opened the customer leaves with
/// probability <see cref="LeavesUnresolved"/> where it is not resolved by then, <see cref="LeavesResolved"/> where it is.</item>
/// <item>Campaigns act on the purchases of one window; see <see cref="Campaigns.Wave"/>. They never move λ, p or when a
/// customer leaves.</item>
/// </list>
/// The undisturbed, a random <see cref="UndisturbedShare"/> of those acquired within the window, never complain and are
/// never in a campaign: for them BG/NBD and Gamma-Gamma hold exactly, from the first order in the files.
/// </summary>
internal static class Population
{
    public const double R = 1.1;
    public const double Alpha = 7.5;
    public const double A = 0.8;
    public const double B = 6.5;

    public const double SpendP = 4.0;
    public const double SpendQ = 3.6;
    public const double SpendGamma = 27.0;

    /// <summary>The mean of Gamma-Gamma: pγ/(q−1).</summary>
    public const double MeanSpend = SpendP * SpendGamma / (SpendQ - 1);

    /// <summary>Acquired before the window; the age of their custom is exponential, cut at <see cref="MaxYearsBefore"/>.</summary>
    public const double EstablishedShare = 0.33;

    public const double MeanYearsBefore = 3.5;
    public const double MaxYearsBefore = 15;

    /// <summary>Registered, never bought.</summary>
    public const double ProspectShare = 0.05;

    /// <summary>Of those acquired within the window.</summary>
    public const double UndisturbedShare = 0.33;

    public const double ComplaintPerShopOrder = 0.025;
    public const double ComplaintPerWebOrder = 0.055;
    public const double PatienceDays = 10;
    public const double LeavesUnresolved = 0.35;
    public const double LeavesResolved = 0.02;

    /// <summary>A complaint that is resolved is resolved after a time uniform between these.</summary>
    public const double ResolvedAfterDaysMin = 0.2;

    public const double ResolvedAfterDaysMax = 8;

    public const double ResponsiveShare = 0.30;
    public const double AverseShare = 0.10;

    /// <summary>The share of messages that arrive; those that do not have no effect.</summary>
    public const double DeliveredShare = 0.97;

    /// <summary>The horizon of the true churn probabilities.</summary>
    public const int ChurnHorizonDays = 90;
}
