namespace Warehouse.Analysis.Lifecycle;

/// <summary>What the rules of stages look at, in the order of the columns of <c>temp.customer_activity</c>.</summary>
internal enum CustomerTrait
{
    /// <summary>Purchases so far; always known.</summary>
    Orders,

    /// <summary>Days since the first purchase; known with one.</summary>
    TenureDays,

    /// <summary>Days since the last purchase in units of the customer's rhythm; known with a purchase.</summary>
    Overdue,

    /// <summary>Spend of late over spend before.</summary>
    Trend,

    /// <summary>Complaints not resolved; always known.</summary>
    OpenComplaints,

    /// <summary>Probability of leaving.</summary>
    Churn,
}

/// <summary>The names of traits in rules.</summary>
internal static class CustomerTraits
{
    public static readonly IReadOnlyList<(CustomerTrait Trait, string Name)> Names =
    [
        (CustomerTrait.Orders, "orders"),
        (CustomerTrait.TenureDays, "tenure_days"),
        (CustomerTrait.Overdue, "overdue"),
        (CustomerTrait.Trend, "trend"),
        (CustomerTrait.OpenComplaints, "open_complaints"),
        (CustomerTrait.Churn, "churn"),
    ];

    /// <summary>Whether a trait can be unknown of somebody.</summary>
    public static bool CanBeUnknown(CustomerTrait trait) => trait is not (CustomerTrait.Orders or CustomerTrait.OpenComplaints);

    /// <summary>Whether a trait is known of exactly those who bought.</summary>
    public static bool IsOfBuyers(CustomerTrait trait) => trait is CustomerTrait.TenureDays or CustomerTrait.Overdue;
}
