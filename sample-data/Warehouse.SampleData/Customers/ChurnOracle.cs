using Warehouse.SampleData.Calendar;

namespace Warehouse.SampleData.Customers;

/// <summary>The probability that a customer buys nothing within the horizon after an as-of date.</summary>
/// <param name="Best">Given what could be known then: the best that any model can do.</param>
/// <param name="Hidden">Given λ and whether the customer had left.</param>
internal readonly record struct ChurnProbability(double Best, double Hidden);

/// <summary>
/// Churn probabilities by the law of <see cref="Population"/>.
/// <para>The best probability is Bayes' rule with the hidden parameters as prior. Known are the customer's own orders
/// (x after the first one, the last at t), the complaints and how they stand, and the day of the first order. With time
/// since the first order, λ integrates out of every term: a customer with n orders who was there until s contributes
/// Γ(r+n)/(α+s)^(r+n). BG/NBD has two terms (there until now; left after the last order, a/(b+x−1) times as likely a
/// priori); each end of patience after the last order adds one, for having left then.</para>
/// <para>For customers of before the window only its part of the history is known: that they had not left when it began
/// has probability exp(−λpA) after A weeks, and p is integrated numerically.</para>
/// Left out, as too small to matter: complaints that are still to come, and campaigns.
/// </summary>
internal sealed class ChurnOracle(TradingClock clock)
{
    private readonly List<(double At, double Leaves)> _ended = [];
    private readonly List<(double At, double Leaves)> _pending = [];

    public ChurnProbability At(DateOnly asOf, Traits customer, PurchaseHistory history)
    {
        var now = clock.AtMidnight(asOf);
        var end = clock.AtMidnight(asOf.AddDays(Population.ChurnHorizonDays));
        var (orders, lastOrder) = OwnOrdersBefore(now, history);
        SortPatience(asOf, now, end, lastOrder, history);
        var best = customer.Origin == Origin.Newcomer
            ? Newcomer(customer.AcquiredAt, orders - 1, lastOrder, now, end)
            : Established(-customer.AcquiredAt, orders, lastOrder, now, end);
        return new ChurnProbability(best, Hidden(customer, history, now, end));
    }

    private static (int Count, double Last) OwnOrdersBefore(double now, PurchaseHistory history)
    {
        var (count, last) = (0, 0.0);
        foreach (var occasion in history.Occasions)
        {
            if (occasion.IsOwn && occasion.At < now)
            {
                count++;
                last = occasion.At;
            }
        }

        return (count, last);
    }

    private void SortPatience(DateOnly asOf, double now, double end, double lastOrder, PurchaseHistory history)
    {
        _ended.Clear();
        _pending.Clear();
        var midnight = LocalTime.Midnight(asOf);
        foreach (var complaint in history.Complaints)
        {
            if (complaint.OpenedAt >= midnight || complaint.PatienceEnds <= lastOrder || complaint.PatienceEnds >= end)
            {
                continue;
            }

            if (complaint.PatienceEnds < now)
            {
                _ended.Add((complaint.PatienceEnds, complaint.LeavingProbability));
            }
            else
            {
                _pending.Add((complaint.PatienceEnds, complaint.ExpectedLeavingProbability(midnight)));
            }
        }

        _ended.Sort();
        _pending.Sort();
    }

    private double Newcomer(double firstOrder, int repeats, double lastOrder, double now, double end)
    {
        var presence = new Presence(Population.Alpha - firstOrder, Population.R + repeats, now);
        var left = repeats > 0
            ? Population.A / (Population.B + repeats - 1) * presence.Until(lastOrder)
            : 0;
        var (silent, all) = Weigh(presence, left, end);
        return silent / all;
    }

    private double Established(double weeksBefore, int orders, double lastOrder, double now, double end)
    {
        var power = Population.R + orders;
        var (silent, all) = (0.0, 0.0);
        foreach (var (p, weight) in DropoutQuadrature.Nodes)
        {
            var presence = new Presence(Population.Alpha + (p * weeksBefore), power, now);

            // Who has no order in the window may have left before it.
            var left = orders > 0
                ? p / (1 - p) * presence.Until(lastOrder)
                : presence.Until(-p * weeksBefore) - presence.Until(0);
            var prior = weight * Math.Pow(1 - p, orders) * Math.Pow((Population.Alpha + now) / presence.Scale, power);
            var (nodeSilent, nodeAll) = Weigh(presence, left, end);
            silent += prior * nodeSilent;
            all += prior * nodeAll;
        }

        return silent / all;
    }

    /// <param name="left">The weight of having left after the last order, or before the window.</param>
    private (double Silent, double All) Weigh(Presence presence, double left, double end)
    {
        var stays = 1.0;
        foreach (var (at, leaves) in _ended)
        {
            left += stays * leaves * presence.Until(at);
            stays *= 1 - leaves;
        }

        var all = left + stays;
        var silent = left;
        foreach (var (at, leaves) in _pending)
        {
            silent += stays * leaves * presence.Until(at);
            stays *= 1 - leaves;
        }

        return (silent + (stays * presence.Until(end)), all);
    }

    private double Hidden(Traits customer, PurchaseHistory history, double now, double end)
    {
        if (history.LeftAt < now)
        {
            return 1;
        }

        var (stays, silent) = (1.0, 0.0);
        foreach (var (at, leaves) in _pending)
        {
            silent += stays * leaves * Math.Exp(-customer.Rate * (at - now));
            stays *= 1 - leaves;
        }

        return silent + (stays * Math.Exp(-customer.Rate * (end - now)));
    }

    /// <summary>
    /// The weight of a customer's having been there until a reading, with λ integrated out, against the weight of having
    /// been there until now. The exponent is cut where it would leave the range of a double.
    /// </summary>
    private readonly struct Presence(double shift, double power, double now)
    {
        public double Scale { get; } = shift + now;

        public double Until(double reading) => Math.Exp(Math.Min(600, power * Math.Log(Scale / (shift + reading))));
    }
}
