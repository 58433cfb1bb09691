using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.Contacts;

/// <summary>What became of a contact.</summary>
/// <param name="At">When somebody answered; null for a call that was given up.</param>
/// <param name="WaitingSeconds">Of a call, a chat or a visit; null for what is written.</param>
internal readonly record struct Answer(
    LocalTime? At, int? WaitingSeconds, int? TalkSeconds, LocalTime? EscalatedAt, LocalTime? ResolvedAt,
    LocalTime? ReopenedAt, LocalTime? ClosedAt, int? Satisfaction)
{
    private const double AbandonedShare = 0.12;

    /// <param name="resolvedAt">When the matter is settled; null if never.</param>
    public static Answer Draw(string channel, bool isComplaint, LocalTime openedAt, LocalTime? resolvedAt, Rng rng)
    {
        var isSpoken = channel is "call" or "chat" or "visit";
        var waiting = isSpoken
            ? (int)(90 * rng.Exponential())
            : (int)(4 * LocalTime.SecondsPerHour * rng.Exponential());
        if (channel == "call" && !isComplaint && rng.Chance(AbandonedShare))
        {
            return new Answer(null, waiting, null, null, null, null, null, null);
        }

        var answeredAt = openedAt.Plus(waiting).AvoidingClockChange();
        var talk = isSpoken ? 40 + (int)(200 * rng.Gamma(1.5)) : (int?)null;
        var settled = (resolvedAt < answeredAt ? answeredAt.Plus(60) : resolvedAt)?.AvoidingClockChange();
        var isReopened = isComplaint && rng.Chance(0.10);
        LocalTime? reopenedAt = !isReopened ? null
            : settled is { } end ? new LocalTime((answeredAt.Seconds + end.Seconds) / 2).AvoidingClockChange()
            : openedAt.PlusDays(4);
        LocalTime? escalatedAt = isComplaint && settled is null && rng.Chance(0.4) ? openedAt.PlusDays(5) : null;
        LocalTime? closedAt = settled is { } settledAt
            ? settledAt.PlusDays(rng.Uniform(0.1, 2)).AvoidingClockChange()
            : isComplaint && rng.Chance(0.5) ? openedAt.PlusDays(rng.Uniform(20, 40)).AvoidingClockChange() : null;
        return new Answer(
            answeredAt, isSpoken ? waiting : null, talk, escalatedAt, settled, reopenedAt, closedAt, Mark(waiting, isSpoken, settled, rng));
    }

    /// <summary>From 1 to 5, where the customer gives one: lower after waiting, much lower where nothing was settled.</summary>
    private static int? Mark(int waiting, bool isSpoken, LocalTime? settled, Rng rng)
    {
        if (!rng.Chance(0.45))
        {
            return null;
        }

        var mood = 4.4 - (isSpoken ? waiting / 150.0 : waiting / 30_000.0) - (settled is null ? 1.8 : 0);
        return (int)Math.Clamp(Math.Round(mood + (0.8 * rng.Gaussian())), 1, 5);
    }
}
