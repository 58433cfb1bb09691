using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;
using Warehouse.SampleData.Stores;

namespace Warehouse.SampleData.Customers;

internal enum OrderChannel
{
    Shop,
    Web,
    App,
}

/// <summary>A moment at which a customer buys.</summary>
/// <param name="At">By the trading clock.</param>
/// <param name="Pounds">The value drawn for the order.</param>
/// <param name="Wave">The wave that caused the order or kept it away, or null.</param>
/// <param name="IsOwn">Of the customer's own process; not caused by a wave.</param>
internal readonly record struct Occasion(
    double At, LocalTime Time, Store Store, OrderChannel Channel, double Pounds, Wave? Wave, bool IsOwn)
{
    /// <summary>A wave kept the customer away: there is no order in the files.</summary>
    public bool IsMissed => IsOwn && Wave is not null;
}

/// <summary>A complaint about an order. It is resolved at <see cref="ResolvedAt"/>, or never.</summary>
/// <param name="PatienceEnds">By the trading clock: when the customer, if still there, may leave because of it; infinite
/// where that is after the window.</param>
internal readonly record struct Complaint(
    Occasion About, LocalTime OpenedAt, LocalTime? ResolvedAt, int Agent, double PatienceEnds)
{
    public double LeavingProbability => LeavingProbabilityWhere(isResolved: ResolvedAt is not null);

    /// <summary>The probability of leaving when patience ends, as far as it can be known before.</summary>
    public double ExpectedLeavingProbability(LocalTime now)
    {
        if (ResolvedAt < now)
        {
            return LeavingProbability;
        }

        var days = (double)(now.Seconds - OpenedAt.Seconds) / LocalTime.SecondsPerDay;
        var stillOpen = Math.Clamp(
            (Population.ResolvedAfterDaysMax - days) / (Population.ResolvedAfterDaysMax - Population.ResolvedAfterDaysMin), 0, 1);
        var never = Contacts.Agent.UnresolvedShare(Agent);
        var unresolved = never / (never + ((1 - never) * stillOpen));
        return (unresolved * LeavingProbabilityWhere(isResolved: false))
            + ((1 - unresolved) * LeavingProbabilityWhere(isResolved: true));
    }

    private static double LeavingProbabilityWhere(bool isResolved) =>
        isResolved ? Population.LeavesResolved : Population.LeavesUnresolved;
}

/// <summary>What a wave did to a customer, in both arms.</summary>
internal struct Assignment
{
    public required Wave Wave { get; init; }

    /// <summary>Null in the control arm.</summary>
    public required Touch? Touch { get; init; }

    public readonly bool IsTreated => Touch is not null;

    /// <summary>Treated, the customer would place one more order.</summary>
    public required bool WouldComeForIt { get; init; }

    /// <summary>Treated, the customer would stay away.</summary>
    public required bool WouldStayAway { get; init; }

    /// <summary>What the order that the wave would cause is worth, in pounds.</summary>
    public required double ExtraPounds { get; init; }

    /// <summary>Of an order within the window, given the customer's hidden state when the wave begins.</summary>
    public required double ProbabilityControl { get; init; }

    public required double ProbabilityTreated { get; init; }

    /// <summary>Of the customer's own orders within the window, whether placed or missed.</summary>
    public int OwnOrders { get; set; }

    public double OwnPounds { get; set; }

    public readonly bool BuysUntreated => OwnOrders > 0;

    public readonly bool BuysTreated => WouldComeForIt || (OwnOrders > 0 && !WouldStayAway);

    public readonly double PoundsUntreated => OwnPounds;

    public readonly double PoundsTreated => (WouldStayAway ? 0 : OwnPounds) + (WouldComeForIt ? ExtraPounds : 0);
}

/// <summary>What happened to one customer.</summary>
internal sealed class PurchaseHistory
{
    /// <summary>In the order of time.</summary>
    public List<Occasion> Occasions { get; } = [];

    public List<Complaint> Complaints { get; } = [];

    public List<Assignment> Assignments { get; } = [];

    /// <summary>By the trading clock; null for a customer who is still there at the end, and for a prospect.</summary>
    public double? LeftAt { get; set; }

    public void Clear()
    {
        Occasions.Clear();
        Complaints.Clear();
        Assignments.Clear();
        LeftAt = null;
    }
}
