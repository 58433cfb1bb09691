using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;
using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BetaGeometric;
using Warehouse.Models.Lifetime.BgBb;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.ParetoNbd;
using Warehouse.Models.Lifetime.ShiftedBetaGeometric;

namespace Warehouse.Models.Tests.Lifetime;

/// <summary>Customers drawn one by one from a model's own story, with a seed.</summary>
internal sealed class Simulated(int seed)
{
    private readonly MersenneTwister random = new(seed, threadSafe: false);

    /// <summary>A customer's history until an age, and what he buys in the time after it.</summary>
    public (PurchaseHistory History, int After) Customer(PurchaseModel model, double age, double after) => model switch
    {
        BetaGeometricModel beta => LeavingAfterPurchases(beta, mayLeaveAtFirst: beta is MbgNbdModel, age, after),
        ParetoNbdModel pareto => LeavingAtAnyTime(pareto, age, after),
        _ => throw new ArgumentException("A model that is not simulated.", nameof(model)),
    };

    /// <summary>Customers aged uniformly in an interval.</summary>
    public (PurchaseHistory[] Histories, int[] After) Customers(PurchaseModel model, int count, double youngest, double oldest, double after)
    {
        var customers = Enumerable.Range(0, count)
            .Select(_ => Customer(model, youngest + ((oldest - youngest) * random.NextDouble()), after))
            .ToArray();
        return ([.. customers.Select(customer => customer.History)], [.. customers.Select(customer => customer.After)]);
    }

    public OccasionStatistics Occasions(BgBbModel model, int count, int occasions)
    {
        var rows = Enumerable.Range(0, count).Select(_ =>
        {
            var p = Beta.Sample(random, model.Alpha, model.Beta);
            var theta = Beta.Sample(random, model.Gamma, model.Delta);
            var (x, tx) = (0, 0);
            for (var i = 1; i <= occasions && random.NextDouble() >= theta; i++)
            {
                if (random.NextDouble() < p)
                {
                    (x, tx) = (x + 1, i);
                }
            }

            return (X: (double)x, Tx: (double)tx);
        }).ToArray();
        return OccasionStatistics.Of([.. rows.Select(row => row.X)], [.. rows.Select(row => row.Tx)], [.. rows.Select(_ => (double)occasions)]);
    }

    public SpendStatistics Spend(GammaGammaModel model, int count)
    {
        var rows = Enumerable.Range(0, count).Select(_ =>
        {
            var nu = Gamma.Sample(random, model.Q, model.V);
            var x = 1 + Geometric.Sample(random, 0.3);
            return (X: (double)x, Mean: Enumerable.Range(0, x).Average(_ => Gamma.Sample(random, model.P, nu)));
        }).ToArray();
        return SpendStatistics.Of([.. rows.Select(row => row.X)], [.. rows.Select(row => row.Mean)]);
    }

    public ContractStatistics Contracts(ShiftedBetaGeometricModel model, int count, int periods)
    {
        var rows = Enumerable.Range(0, count).Select(_ =>
        {
            var theta = Beta.Sample(random, model.Alpha, model.Beta);
            for (var t = 1; t <= periods; t++)
            {
                if (random.NextDouble() < theta)
                {
                    return (Periods: t, Ended: true);
                }
            }

            return (Periods: periods, Ended: false);
        }).ToArray();
        return ContractStatistics.Of([.. rows.Select(row => row.Periods)], [.. rows.Select(row => row.Ended)]);
    }

    private (PurchaseHistory History, int After) LeavingAfterPurchases(BetaGeometricModel model, bool mayLeaveAtFirst, double age, double after)
    {
        var lambda = Gamma.Sample(random, model.R, model.Alpha);
        var p = Beta.Sample(random, model.A, model.B);
        return Until(age, after, lambda, () => random.NextDouble() < p ? 0 : double.PositiveInfinity, mayLeaveAtFirst);
    }

    private (PurchaseHistory History, int After) LeavingAtAnyTime(ParetoNbdModel model, double age, double after)
    {
        var lambda = Gamma.Sample(random, model.R, model.Alpha);
        var death = Exponential.Sample(random, Gamma.Sample(random, model.S, model.Beta));
        return Until(age, after, lambda, () => death, mayLeaveAtFirst: true);
    }

    /// <summary>Buys until he leaves; <paramref name="leaves"/> is asked after each purchase when, on the same clock, that is.</summary>
    private (PurchaseHistory History, int After) Until(double age, double after, double lambda, Func<double> leaves, bool mayLeaveAtFirst)
    {
        var (x, last, later) = (0, 0.0, 0);
        var end = mayLeaveAtFirst ? leaves() : double.PositiveInfinity;
        for (var time = Wait(lambda); time <= Math.Min(age + after, end); time += Wait(lambda))
        {
            if (time <= age)
            {
                (x, last) = (x + 1, time);
            }
            else
            {
                later++;
            }

            end = leaves();
        }

        return (new PurchaseHistory(x, last, age), later);
    }

    /// <summary>Time to the next purchase; a rate that underflows waits for ever.</summary>
    private double Wait(double lambda) => lambda > 0 ? Exponential.Sample(random, lambda) : double.PositiveInfinity;
}
