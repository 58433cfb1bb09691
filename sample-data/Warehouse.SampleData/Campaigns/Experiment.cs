using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Customers;
using Warehouse.SampleData.People;

namespace Warehouse.SampleData.Campaigns;

/// <summary>Draws customers into waves and arms, and what a wave does to them. See <see cref="Wave"/> for the law.</summary>
internal sealed class Experiment(int seed, OccasionMaker occasions)
{
    private const double ActiveWeeks = 52;
    private const double LapsedWeeks = 26;

    private readonly Rng _rng = new(seed, RandomStream.Campaigns);

    /// <summary>Begins a wave for a customer who may be in it: adds the assignment and, where the wave causes one, the order.</summary>
    /// <param name="isThere">The customer has not left.</param>
    public void Begin(Wave wave, Traits customer, Person person, bool isThere, PurchaseHistory history)
    {
        _rng.Restart(seed, RandomStream.Campaigns, ((long)customer.Index << 8) | (uint)wave.Index);
        if (!IsEligible(wave, customer, person, history) || !_rng.Chance(wave.SampleShare))
        {
            return;
        }

        var isTreated = !_rng.Chance(wave.ControlShare);
        var isDelivered = _rng.Chance(Population.DeliveredShare);
        var reacts = isThere && isDelivered;
        var comes = _rng.Chance(wave.Pull) && reacts && customer.Response == Response.Responsive;
        var staysAway = _rng.Chance(wave.Push) && reacts && customer.Response == Response.Averse;
        var extra = occasions.Draw(wave.Start + (_rng.Uniform(Wave.FirstReaction, 1) * wave.Length), customer, _rng) with
        {
            Wave = wave,
            IsOwn = false,
        };
        var (control, treated) = isThere ? Probabilities(wave, customer) : (0, 0);
        var assignment = new Assignment
        {
            Wave = wave,
            Touch = isTreated ? Touch.Draw(wave, customer.Response, isDelivered, _rng) : null,
            WouldComeForIt = comes,
            WouldStayAway = staysAway,
            ExtraPounds = extra.Pounds,
            ProbabilityControl = control,
            ProbabilityTreated = treated,
        };
        history.Assignments.Add(assignment);
        if (isTreated && comes)
        {
            history.Occasions.Add(extra);
        }

        if (assignment.Touch?.UnsubscribedAt is { } unsubscribedAt)
        {
            person.Consents.Add(new Consent(
                unsubscribedAt, ConsentSource.Mailer, wave.Medium, Purpose.Marketing, IsGranted: false));
        }
    }

    private static (double Control, double Treated) Probabilities(Wave wave, Traits customer)
    {
        var none = Math.Exp(-customer.Rate * wave.Length);
        return (1 - none, customer.Response switch
        {
            Response.Responsive => 1 - (none * (1 - (Population.DeliveredShare * wave.Pull))),
            Response.Averse => (1 - none) * (1 - (Population.DeliveredShare * wave.Push)),
            _ => 1 - none,
        });
    }

    private static bool IsEligible(Wave wave, Traits customer, Person person, PurchaseHistory history)
    {
        if (customer.Origin == Origin.Prospect || customer.AcquiredAt >= wave.Start)
        {
            return false;
        }

        var lastOrder = double.NegativeInfinity;
        foreach (var occasion in history.Occasions)
        {
            lastOrder = occasion.IsMissed ? lastOrder : Math.Max(lastOrder, occasion.At);
        }

        var weeksSince = wave.Start - lastOrder;
        return (wave.Audience == Audience.Active ? weeksSince < ActiveWeeks : weeksSince >= LapsedWeeks)
            && person.CanBeReachedBy(wave.Medium)
            && Consent.Permits(person.Consents, wave.Medium, LocalTime.Midnight(wave.StartsOn));
    }
}
