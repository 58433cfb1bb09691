using Warehouse.SampleData.Calendar;

namespace Warehouse.SampleData.Campaigns;

internal enum Medium
{
    Email,
    Sms,
    Phone,
    Post,
}

internal enum Audience
{
    /// <summary>An order within the year before the wave.</summary>
    Active,

    /// <summary>No order within the half-year before the wave.</summary>
    Lapsed,
}

/// <summary>
/// One wave of a campaign: an experiment of its own. Who is eligible is drawn into it with <see cref="SampleShare"/> and
/// then to an arm by a fair draw. Within the window [start, end) the wave acts on those treated who had not left when it
/// began and whose message arrived:
/// <list type="bullet">
/// <item>the responsive place one more order with probability <see cref="Pull"/>, at a uniform moment of the window's last
/// three quarters, when even letters have come; it is followed by no dropout and no complaint;</item>
/// <item>the averse place none of their own orders of the window with probability <see cref="Push"/>.</item>
/// </list>
/// So, for a customer with rate λ who has not left, with L the window's length and D the share of messages delivered,
/// P(order | control) = 1 − exp(−λL); treated, 1 − exp(−λL)(1 − D·Pull) for the responsive and
/// (1 − exp(−λL))(1 − D·Push) for the averse. Windows of waves do not overlap.
/// </summary>
internal sealed record Wave(
    int Index, string Campaign, int Number, string Name, Medium Medium, Audience Audience, string Offer,
    DateOnly StartsOn, DateOnly EndsOn, double SampleShare, double ControlShare, double Pull, double Push, int CostPence)
{
    /// <summary>The share of the window that has passed before the message makes anybody come.</summary>
    public const double FirstReaction = 0.25;

    /// <summary>By the trading clock.</summary>
    public double Start { get; private init; }

    /// <summary>By the trading clock, exclusive.</summary>
    public double End { get; private init; }

    public double Length => End - Start;

    /// <summary>The waves of a window, in their order, with their place by the clock.</summary>
    public static IReadOnlyList<Wave> Within(TradingClock clock)
    {
        var waves = Schedule(clock.From).Where(wave => wave.EndsOn <= clock.To);
        return [.. waves.Select((wave, index) => wave with
        {
            Index = index,
            Start = clock.AtMidnight(wave.StartsOn),
            End = clock.AtMidnight(wave.EndsOn),
        })];
    }

    private static IEnumerable<Wave> Schedule(DateOnly from)
    {
        Wave Make(
            string campaign, int number, string name, Medium medium, Audience audience, string offer, int startsAfterDays,
            int days, double sample, double control, double pull, double push, int costPence) => new(
            0, campaign, number, name, medium, audience, offer, from.AddDays(startsAfterDays),
            from.AddDays(startsAfterDays + days), sample, control, pull, push, costPence);

        const Audience Active = Audience.Active;
        const Audience Lapsed = Audience.Lapsed;
        yield return Make("C01", 1, "Autumn voucher", Medium.Email, Active, "5 off 40", 93, 14, 0.9, 0.5, 0.30, 0.50, 2);
        yield return Make("C01", 2, "Autumn voucher", Medium.Email, Active, "5 off 40", 121, 14, 0.9, 0.5, 0.25, 0.50, 2);
        yield return Make("C02", 1, "Christmas catalogue", Medium.Post, Active, "catalogue", 146, 21, 0.8, 0.3, 0.35, 0.20, 85);
        yield return Make("C03", 1, "Winter newsletter", Medium.Email, Active, "news", 219, 14, 0.9, 0.5, 0, 0, 2);
        yield return Make("C04", 1, "Spring weekend", Medium.Sms, Active, "10 percent", 279, 7, 0.9, 0.4, 0.15, 0.60, 6);
        yield return Make("C04", 2, "Spring weekend", Medium.Sms, Active, "10 percent", 307, 7, 0.9, 0.4, 0.15, 0.60, 6);
        yield return Make("C05", 1, "Summer sale", Medium.Email, Active, "sale preview", 366, 14, 0.9, 0.5, 0.25, 0.50, 2);
        yield return Make("C06", 1, "We miss you", Medium.Post, Lapsed, "10 off 50", 429, 28, 0.8, 0.3, 0.30, 0.30, 95);
        yield return Make("C07", 1, "Autumn voucher", Medium.Email, Active, "5 off 40", 464, 14, 0.9, 0.3, 0.30, 0.50, 2);
        yield return Make("C07", 2, "Autumn voucher", Medium.Email, Active, "5 off 40", 492, 14, 0.9, 0.3, 0.25, 0.50, 2);
        yield return Make("C08", 1, "Christmas catalogue", Medium.Post, Active, "catalogue", 513, 21, 0.8, 0.3, 0.35, 0.20, 90);
        yield return Make("C09", 1, "Personal call", Medium.Phone, Active, "preview evening", 583, 14, 0.05, 0.5, 0.40, 0.70, 450);
        yield return Make("C10", 1, "Spring voucher", Medium.Email, Active, "5 off 40", 646, 14, 0.9, 0.3, 0.30, 0.50, 2);
        yield return Make("C10", 2, "Spring voucher", Medium.Email, Active, "5 off 40", 674, 14, 0.9, 0.3, 0.25, 0.50, 2);
        yield return Make("C11", 1, "Autumn voucher", Medium.Email, Active, "5 off 40", 828, 14, 0.9, 0.2, 0.30, 0.50, 3);
        yield return Make("C12", 1, "Christmas countdown", Medium.Sms, Active, "free delivery", 884, 14, 0.9, 0.2, 0.20, 0.50, 6);
        yield return Make("C13", 1, "We miss you", Medium.Email, Lapsed, "10 off 50", 975, 28, 0.9, 0.3, 0.30, 0.30, 3);
        yield return Make("C14", 1, "Summer preview", Medium.Email, Active, "sale preview", 1066, 14, 0.9, 0.2, 0.25, 0.50, 3);
    }
}
