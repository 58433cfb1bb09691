namespace Warehouse.Pages.Customers;

/// <summary>A customer as <c>customer show</c> answers programs.</summary>
internal sealed record ShownCustomer(
    int Generation,
    DateOnly AsOf,
    ShownProfile Profile,
    string? Stage,
    string? StageReason,
    long OrderCount,
    decimal Amount,
    IReadOnlyList<ShownMonth> Months,
    IReadOnlyList<ShownOrder> Orders,
    IReadOnlyList<ShownScores> Scores,
    IReadOnlyList<ShownCase> OpenCases,
    IReadOnlyList<ShownCase> LatestContacts,
    IReadOnlyList<ShownWave> Campaigns,
    IReadOnlyList<ShownWish> Recommended);

internal sealed record ShownProfile(
    string CustomerId, int? BirthYear, string? Gender, string? City, string? Region, string? Country, string? Language, string? AcquisitionChannel,
    DateOnly? RegisteredOn, DateOnly? ConfirmedOn, int? DaysSinceConfirmed, long Versions, bool IsTest);

internal sealed record ShownMonth(DateOnly Month, int Orders, decimal Amount);

internal sealed record ShownOrder(string OrderId, DateOnly BoughtOn, long Lines, long Returns, decimal Amount);

internal sealed record ShownScores(
    DateOnly AsOf, int? Recency, int? Frequency, int? Monetary, string? Segment, string? Tier, string? Stage, double? ExpectedPurchases,
    double? LifetimeValue, double? ChurnProbability);

internal sealed record ShownCase(string ContactId, DateTimeOffset OpenedAt, string Topic, bool IsComplaint, bool IsResolved, int? Satisfaction);

internal sealed record ShownWave(string CampaignId, int Wave, string? Name, DateOnly AssignedOn, string Arm, bool IsSent, bool IsOpened, bool IsConverted);

internal sealed record ShownWish(ShownItem Item, double Score, string Because);

internal sealed record ShownItem(string Id, string? Name);
