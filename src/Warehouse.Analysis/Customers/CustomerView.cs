using Warehouse.Analysis.Baskets;

namespace Warehouse.Analysis.Customers;

/// <summary>All that is known of one customer, as of a date.</summary>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the rules of stages and the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="Profile">The person, without names and addresses.</param>
/// <param name="Stage">The lifecycle stage; null where he was not known on the date.</param>
/// <param name="StageReason">What put him there, in words; null with the stage.</param>
/// <param name="OrderCount">Orders until the date.</param>
/// <param name="Amount">Net amounts of all of them, returns taken off.</param>
/// <param name="Months">The months with an order, the earliest first.</param>
/// <param name="Orders">The latest orders.</param>
/// <param name="Scores">The stored snapshots, the latest first.</param>
/// <param name="OpenCases">Contacts that are not resolved.</param>
/// <param name="LatestContacts">The latest others.</param>
/// <param name="Campaigns">The campaign waves that he was in, the latest first.</param>
/// <param name="Recommended">What he has not bought and is likely to want.</param>
public sealed record CustomerView(
    int Generation,
    DateOnly AsOf,
    string Definition,
    string Words,
    int CustomerKey,
    CustomerProfile Profile,
    string? Stage,
    string? StageReason,
    long OrderCount,
    decimal Amount,
    IReadOnlyList<CustomerMonth> Months,
    IReadOnlyList<CustomerOrder> Orders,
    IReadOnlyList<CustomerScores> Scores,
    IReadOnlyList<CustomerCase> OpenCases,
    IReadOnlyList<CustomerCase> LatestContacts,
    IReadOnlyList<CustomerWave> Campaigns,
    IReadOnlyList<Recommendation> Recommended);

/// <summary>The person as known now.</summary>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="BirthYear">Null where not known, as all that follow.</param>
/// <param name="Gender">As the source writes it.</param>
/// <param name="City">City.</param>
/// <param name="Region">Region.</param>
/// <param name="Country">Country.</param>
/// <param name="Language">Language.</param>
/// <param name="AcquisitionChannel">Where he came from.</param>
/// <param name="RegisteredOn">When he registered.</param>
/// <param name="ConfirmedOn">When he last confirmed the profile.</param>
/// <param name="DaysSinceConfirmed">How old the profile is on the date; null where he never confirmed it.</param>
/// <param name="Versions">How often the profile was written.</param>
/// <param name="IsTest">Whether he is no real customer.</param>
public sealed record CustomerProfile(
    string CustomerId,
    int? BirthYear,
    string? Gender,
    string? City,
    string? Region,
    string? Country,
    string? Language,
    string? AcquisitionChannel,
    DateOnly? RegisteredOn,
    DateOnly? ConfirmedOn,
    int? DaysSinceConfirmed,
    long Versions,
    bool IsTest);

/// <summary>A month of a customer.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Orders">Orders in it.</param>
/// <param name="Amount">Net amounts of them, returns taken off.</param>
public sealed record CustomerMonth(DateOnly Month, int Orders, decimal Amount);

/// <summary>An order.</summary>
public sealed record CustomerOrder(string OrderId, DateOnly BoughtOn, long Lines, long Returns, decimal Amount);

/// <summary>A stored snapshot of the customer.</summary>
public sealed record CustomerScores(
    DateOnly AsOf,
    int? Recency,
    int? Frequency,
    int? Monetary,
    string? Segment,
    string? Tier,
    string? Stage,
    double? ExpectedPurchases,
    double? LifetimeValue,
    double? ChurnProbability);

/// <summary>A contact.</summary>
public sealed record CustomerCase(string ContactId, DateTimeOffset OpenedAt, string Topic, bool IsComplaint, bool IsResolved, int? Satisfaction);

/// <summary>A campaign wave that the customer was in, treated or as control.</summary>
public sealed record CustomerWave(string CampaignId, int Wave, string? Name, DateOnly AssignedOn, string Arm, bool IsSent, bool IsOpened, bool IsConverted);
