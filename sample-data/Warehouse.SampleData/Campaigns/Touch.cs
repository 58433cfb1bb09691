using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Customers;

namespace Warehouse.SampleData.Campaigns;

/// <summary>
/// What came of a message to one customer. How a customer handles it depends on how he responds to campaigns and on
/// nothing else, so it tells nothing of whether he has left.
/// </summary>
internal readonly record struct Touch(
    LocalTime SentAt, LocalTime? DeliveredAt, LocalTime? BouncedAt, LocalTime? OpenedAt, LocalTime? ClickedAt,
    LocalTime? UnsubscribedAt)
{
    public static Touch Draw(Wave wave, Response response, bool isDelivered, Rng rng)
    {
        var sentAt = LocalTime.Midnight(wave.StartsOn).Plus((9 * LocalTime.SecondsPerHour) + rng.Below(1800));
        if (!isDelivered)
        {
            return new Touch(sentAt, null, sentAt.Plus(1 + rng.Below(300)), null, null, null);
        }

        var isLetter = wave.Medium == Medium.Post;
        var deliveredAt = isLetter ? sentAt.PlusDays(1 + rng.Below(3)) : sentAt.Plus(1 + rng.Below(120));
        if (wave.Medium != Medium.Email)
        {
            return new Touch(sentAt, deliveredAt, null, null, null, null);
        }

        var (opens, clicks, unsubscribes) = response switch
        {
            Response.Responsive => (0.55, 0.35, 0.002),
            Response.Averse => (0.25, 0.03, 0.060),
            _ => (0.35, 0.12, 0.006),
        };
        LocalTime? openedAt = rng.Chance(opens) ? Later(deliveredAt, 0.6, rng) : null;
        LocalTime? clickedAt = openedAt is { } opened && rng.Chance(clicks) ? opened.Plus(5 + rng.Below(400)) : null;
        LocalTime? unsubscribedAt = rng.Chance(unsubscribes) ? Later(openedAt ?? deliveredAt, 0.1, rng) : null;
        return new Touch(sentAt, deliveredAt, null, openedAt, clickedAt, unsubscribedAt);
    }

    private static LocalTime Later(LocalTime time, double meanDays, Rng rng) =>
        time.Plus(30).PlusDays(meanDays * rng.Exponential()).AvoidingClockChange();
}
