using System.Runtime.InteropServices;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Contacts;
using Warehouse.SampleData.People;

namespace Warehouse.SampleData.Customers;

/// <summary>
/// Lives one customer's life through the window, event by event in the order of time: orders, ends of patience, and the
/// beginnings of waves. <see cref="Population"/> states the laws.
/// </summary>
internal sealed class PurchaseProcess(
    int seed, TradingClock clock, OccasionMaker occasions, Experiment experiment, IReadOnlyList<Wave> waves)
{
    private readonly Rng _rng = new(seed, RandomStream.Purchases);
    private readonly PriorityQueue<Complaint, double> _patience = new();
    private readonly LocalTime _end = LocalTime.Midnight(clock.To);

    public void Live(Traits customer, Person person, PurchaseHistory history)
    {
        history.Clear();
        _patience.Clear();
        _rng.Restart(seed, RandomStream.Purchases, customer.Index);

        var nextOrder = Begin(customer, history);
        var isFirst = customer.Origin == Origin.Newcomer;
        var nextWave = customer.IsUndisturbed ? waves.Count : 0;
        while (true)
        {
            var patience = _patience.TryPeek(out _, out var ends) ? ends : double.PositiveInfinity;
            var wave = nextWave < waves.Count ? waves[nextWave].Start : double.PositiveInfinity;
            var now = Math.Min(nextOrder, Math.Min(patience, wave));
            if (now >= clock.End)
            {
                break;
            }

            if (now == wave)
            {
                experiment.Begin(waves[nextWave++], customer, person, IsThere(nextOrder), history);
            }
            else if (now == patience)
            {
                var complaint = _patience.Dequeue();
                if (_rng.Chance(complaint.LeavingProbability) && IsThere(nextOrder))
                {
                    history.LeftAt = now;
                    nextOrder = double.PositiveInfinity;
                }
            }
            else
            {
                Order(now, customer, history);
                if (!isFirst && _rng.Chance(customer.DropoutProbability))
                {
                    history.LeftAt = now;
                    nextOrder = double.PositiveInfinity;
                }
                else
                {
                    nextOrder = now + Gap(customer);
                }

                isFirst = false;
            }
        }

        history.Occasions.Sort((left, right) => left.At.CompareTo(right.At));
    }

    /// <summary>When the first order within the window is due; never for those who left before it and for prospects.</summary>
    private double Begin(Traits customer, PurchaseHistory history)
    {
        if (customer.Origin == Origin.Newcomer)
        {
            return customer.AcquiredAt;
        }

        if (customer.Origin == Origin.Prospect)
        {
            return double.PositiveInfinity;
        }

        // Orders that end custom come at rate λp: the first of them before the window means that the customer left then.
        var left = customer.AcquiredAt + (_rng.Exponential() / (customer.Rate * customer.DropoutProbability));
        if (left < 0)
        {
            history.LeftAt = left;
            return double.PositiveInfinity;
        }

        return Gap(customer);
    }

    private static bool IsThere(double nextOrder) => !double.IsPositiveInfinity(nextOrder);

    private double Gap(Traits customer) => _rng.Exponential() / customer.Rate;

    private void Order(double at, Traits customer, PurchaseHistory history)
    {
        var occasion = occasions.Draw(at, customer, _rng);
        if (history.Assignments.Count > 0 && at < history.Assignments[^1].Wave.End)
        {
            ref var assignment = ref CollectionsMarshal.AsSpan(history.Assignments)[^1];
            assignment.OwnOrders++;
            assignment.OwnPounds += occasion.Pounds;
            if (assignment is { IsTreated: true, WouldStayAway: true })
            {
                occasion = occasion with { Wave = assignment.Wave };
            }
        }

        history.Occasions.Add(occasion);
        if (!customer.IsUndisturbed && !occasion.IsMissed)
        {
            Complain(occasion, history);
        }
    }

    private void Complain(Occasion occasion, PurchaseHistory history)
    {
        var probability = occasion.Channel == OrderChannel.Shop
            ? Population.ComplaintPerShopOrder
            : Population.ComplaintPerWebOrder;
        if (!_rng.Chance(probability))
        {
            return;
        }

        var openedAt = occasion.Time.PlusDays(0.1 + (2 * _rng.Exponential())).InServiceHours();
        var agent = Agent.Draw(_rng);
        var resolvedAt = _rng.Chance(Agent.UnresolvedShare(agent))
            ? (LocalTime?)null
            : openedAt.PlusDays(_rng.Uniform(Population.ResolvedAfterDaysMin, Population.ResolvedAfterDaysMax))
                .AvoidingClockChange();
        if (openedAt >= _end)
        {
            return;
        }

        var patienceEnds = openedAt.PlusDays(Population.PatienceDays);
        var endReading = patienceEnds < _end ? clock.At(patienceEnds) : double.PositiveInfinity;
        var complaint = new Complaint(occasion, openedAt, resolvedAt, agent, endReading);
        history.Complaints.Add(complaint);
        _patience.Enqueue(complaint, endReading);
    }
}
