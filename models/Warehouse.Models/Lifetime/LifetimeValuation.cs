using System.Runtime.InteropServices;
using Warehouse.Models.Lifetime.GammaGamma;
using Warehouse.Models.Lifetime.Numerics;

namespace Warehouse.Models.Lifetime;

/// <summary>What a customer's value depends on.</summary>
/// <param name="Purchases">When he bought.</param>
/// <param name="Spend">What he spent; <see cref="SpendHistory.Unknown"/> where no purchase tells.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ValuedCustomer(PurchaseHistory Purchases, SpendHistory Spend);

/// <summary>What is counted as value.</summary>
/// <param name="DiscountRate">Continuous, per unit of time, above 0 (see <see cref="Lifetime.DiscountRate"/>).</param>
/// <param name="Margin">The part of spend that is profit: 1 values revenue.</param>
/// <param name="Horizon">Time after the end of observation that counts; null: all of it.</param>
public sealed record ValuationTerms(double DiscountRate, double Margin = 1, double? Horizon = null);

/// <summary>
/// Expected residual lifetime value: the discounted purchases still to come times the expected spend on each. It
/// takes spend as independent of purchases, as Gamma-Gamma does.
/// </summary>
public sealed class LifetimeValuation(PurchaseModel purchases, GammaGammaModel spend, ValuationTerms terms)
{
    /// <summary>
    /// The value of one customer; infinite where the spend model has no mean for him (see <see cref="GammaGammaModel"/>).
    /// </summary>
    public double Value(ValuedCustomer customer)
    {
        var toCome = Purchases(customer.Purchases);
        return toCome == 0 ? 0 : terms.Margin * toCome * spend.ConditionalExpectedSpend(customer.Spend);
    }

    /// <summary><see cref="Value(ValuedCustomer)"/> of many customers, on all cores.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="results">One place per customer.</param>
    /// <param name="parallel">Cores to use and cancellation; null for all cores.</param>
    public void Value(ReadOnlyMemory<ValuedCustomer> customers, Memory<double> results, ParallelOptions? parallel = null) =>
        Bulk.Map(customers, results, Value, parallel);

    private double Purchases(PurchaseHistory history) => terms.Horizon is { } horizon
        ? purchases.DiscountedExpectedPurchases(history, horizon, terms.DiscountRate)
        : purchases.DiscountedExpectedResidualTransactions(history, terms.DiscountRate);
}
