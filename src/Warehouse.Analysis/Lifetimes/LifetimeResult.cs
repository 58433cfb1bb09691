using Warehouse.Analysis.Populations;
using Warehouse.Models.Lifetime;

namespace Warehouse.Analysis.Lifetimes;

/// <summary>What the lifetime models say of the customers.</summary>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the options but the date, and of the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Customers">Customers with a purchase.</param>
/// <param name="Choice">How the models did in the holdout, best first; null where one was asked for by name or there is no holdout.</param>
/// <param name="Purchases">The model of purchases, fitted to all until the date; null where none could be.</param>
/// <param name="Spend">The model of spend per purchase; null where there are no purchases.</param>
/// <param name="ExpectedPurchases">Purchases expected of all customers within the horizon; null without estimates.</param>
/// <param name="Value">Discounted value of all purchases that they are expected to make; null without estimates.</param>
/// <param name="Tenths">The customers by the value that is expected of them, in tenths, the most valuable first; none without estimates.</param>
/// <param name="Tracking">Cumulative repeat purchases by week since the first sale, expected and actual.</param>
/// <param name="CalibrationWeeks">Weeks since the first sale that the models of the tracking plot were fitted to; null where it is all of them.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record LifetimeResult(
    int Generation,
    AsOf AsOf,
    string Definition,
    string Words,
    int Customers,
    ModelChoice? Choice,
    LifetimeFit? Purchases,
    LifetimeFit? Spend,
    double? ExpectedPurchases,
    double? Value,
    IReadOnlyList<LifetimeTenth> Tenths,
    IReadOnlyList<TrackingPoint> Tracking,
    double? CalibrationWeeks,
    IReadOnlyList<string> Notes);

/// <summary>A tenth of the customers by the value that is expected of them; customers of equal value are in the same one.</summary>
/// <param name="Number">1 to 10; 1 is the most valuable.</param>
/// <param name="Customers">How many they are.</param>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
/// <param name="Value">What is expected of them together.</param>
/// <param name="Purchases">Purchases expected of them within the horizon.</param>
public sealed record LifetimeTenth(int Number, int Customers, double Least, double Most, double Value, double Purchases);

/// <summary>One customer's history, and what the models expect of him.</summary>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people know the customer.</param>
/// <param name="Frequency">x: repeat purchases.</param>
/// <param name="RecencyWeeks">t_x: weeks from the first purchase to the last.</param>
/// <param name="AgeWeeks">T: weeks from the first purchase to the date.</param>
/// <param name="ProbabilityAlive">That he has not left; null without a repeat purchase, where it says nothing of him.</param>
/// <param name="Purchases">Purchases expected within the horizon.</param>
/// <param name="Spend">Spend expected on each; null where the spend model has no estimates.</param>
/// <param name="Value">Discounted value of all purchases to come; null where the spend model has no estimates.</param>
public sealed record LifetimeCustomer(
    int CustomerKey,
    string CustomerId,
    int Frequency,
    double RecencyWeeks,
    double AgeWeeks,
    double? ProbabilityAlive,
    ExpectedRange Purchases,
    double? Spend,
    ExpectedRange? Value);
