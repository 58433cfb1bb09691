namespace Warehouse.Client;

/// <summary>A source that was loaded, or a generation that has none.</summary>
public sealed record LoadedSource(
    int Generation, DateTimeOffset PublishedAt, string? Feed, string? Source, long? RowsRead, long? RowsLoaded, long? RowsCorrected, long? RowsDeleted,
    long? RowsRejected, long? RowsLeftOut, long? RowsWithdrawn, double? Seconds);

/// <summary>What a load did.</summary>
/// <param name="Generation">The generation afterwards.</param>
/// <param name="Files">Each file: rows read are rows loaded, corrected, deleted, rejected, loaded before or left out.</param>
/// <param name="HasReserve">Whether more rows were rejected than a feed allows.</param>
public sealed record Loading(int Generation, IReadOnlyList<LoadedFile> Files, bool HasReserve);

/// <summary>What a load did with a file.</summary>
public sealed record LoadedFile(
    string Feed, string Source, long RowsRead, long RowsLoaded, long RowsCorrected, long RowsDeleted, long RowsRejected, long RowsAlreadyLoaded, long RowsLeftOut, long RowsWithdrawn,
    string? Reasons);

/// <summary>One customer as he was on a date.</summary>
/// <param name="Generation">The generation of the data.</param>
/// <param name="AsOf">The date.</param>
/// <param name="CustomerKey">His key in the warehouse.</param>
/// <param name="Profile">Who he is.</param>
/// <param name="Stage">Where he is in his life as a customer; null where he was not known yet.</param>
/// <param name="StageReason">Why.</param>
/// <param name="OrderCount">How often he bought.</param>
/// <param name="Amount">For how much, net of returns, in the reporting currency.</param>
/// <param name="Orders">His latest orders.</param>
public sealed record Customer(
    int Generation, DateOnly AsOf, int CustomerKey, CustomerProfile Profile, string? Stage, string? StageReason, long OrderCount, decimal Amount,
    IReadOnlyList<CustomerOrder> Orders);

/// <summary>Who a customer is.</summary>
public sealed record CustomerProfile(
    string CustomerId, int? BirthYear, string? Gender, string? City, string? Region, string? Country, string? Language, string? AcquisitionChannel,
    DateOnly? RegisteredOn);

/// <summary>An order of a customer.</summary>
public sealed record CustomerOrder(string OrderId, DateOnly BoughtOn, long Lines, long Returns, decimal Amount);

/// <summary>Who is in a segment on a date.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Definition">The hash of its definition.</param>
/// <param name="Generation">The generation of the data.</param>
/// <param name="AsOf">The date.</param>
/// <param name="Members">How many customers.</param>
/// <param name="Examples">Some of them.</param>
public sealed record SegmentPreview(string Segment, string Definition, int Generation, DateOnly AsOf, long Members, IReadOnlyList<SegmentMember> Examples);

/// <summary>A customer in a segment, and why.</summary>
public sealed record SegmentMember(int CustomerKey, string CustomerId, string Reason);

/// <summary>Who a wave of a campaign would be sent to.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Wave">Which wave.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="Generation">The generation of the data.</param>
/// <param name="AsOf">The date of the segment.</param>
/// <param name="Members">How many customers are in the segment.</param>
/// <param name="Steps">Who is left out, rule by rule.</param>
public sealed record CampaignAudience(
    string Campaign, int Wave, string Segment, int Generation, DateOnly AsOf, long Members, IReadOnlyList<SuppressionStep> Steps);

/// <summary>What a rule leaves of the customers.</summary>
public sealed record SuppressionStep(string Rule, string Reason, long Customers, long Remaining);

/// <summary>A version of a churn model.</summary>
public sealed record ChurnModel(
    string Model, int Version, DateOnly AsOf, int HorizonDays, string Learner, double? Auc, DateTimeOffset TrainedAt, string TrainedBy, string Status, string? Reason,
    string Definition);

/// <summary>Why a model says that a customer leaves or stays.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="AsOf">The date of what was known.</param>
/// <param name="Model">The model.</param>
/// <param name="Version">Its version.</param>
/// <param name="Probability">That he leaves within the model's horizon.</param>
/// <param name="Band">How much that is beside others: low, medium, high.</param>
/// <param name="Reasons">What speaks for leaving or staying, the weightiest first.</param>
public sealed record ChurnExplanation(
    string CustomerId, DateOnly AsOf, string Model, int Version, double Probability, string Band, IReadOnlyList<ChurnReason> Reasons);

/// <summary>What speaks for leaving (above zero) or staying.</summary>
public sealed record ChurnReason(string Topic, string Words, double Contribution);

/// <summary>A run of a job.</summary>
/// <param name="Job">The job.</param>
/// <param name="DueAt">When it was due, or asked for.</param>
/// <param name="CausedBy">By what it was run.</param>
/// <param name="Run">What it runs.</param>
/// <param name="Attempt">The how-manieth attempt.</param>
/// <param name="StartedAt">When it began; null where it has not.</param>
/// <param name="Seconds">How long it took; null where it has not ended.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Log">What it said.</param>
public sealed record JobRun(
    string Job, DateTimeOffset DueAt, string CausedBy, string Run, int? Attempt, DateTimeOffset? StartedAt, double? Seconds, string? Outcome, string? Log);
