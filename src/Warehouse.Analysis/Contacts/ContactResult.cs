namespace Warehouse.Analysis.Contacts;

/// <summary>The contacts of a topic, agent, channel or tier.</summary>
/// <param name="Name">Which.</param>
/// <param name="Contacts">How many.</param>
/// <param name="Complaints">Complaints among them.</param>
/// <param name="Answered">Those that were answered.</param>
/// <param name="AnsweredInTime">Those answered in time.</param>
/// <param name="MedianWaiting">Median seconds until the answer; null where none is known.</param>
/// <param name="Resolved">Those resolved by the date.</param>
/// <param name="ResolvedAtFirst">Those resolved that neither repeat an earlier contact nor were followed by one.</param>
/// <param name="Repeats">Those that repeat an earlier contact of the customer and topic.</param>
/// <param name="Satisfaction">Mean, 1 to 5; null where nobody said.</param>
/// <param name="Answers">How many said.</param>
public sealed record ContactGroup(
    string Name,
    long Contacts,
    long Complaints,
    long Answered,
    long AnsweredInTime,
    double? MedianWaiting,
    long Resolved,
    long ResolvedAtFirst,
    long Repeats,
    double? Satisfaction,
    long Answers);

/// <summary>A complaint that is open on the date.</summary>
/// <param name="ContactId">The case.</param>
/// <param name="CustomerKey">The key of the person.</param>
/// <param name="CustomerId">The identifier by which people of the company know the customer.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="OpenedAt">Since when.</param>
/// <param name="Tier">The customer's tier in the last snapshot; null where he has none.</param>
/// <param name="Value">The customer's value in the last snapshot; null where he has none.</param>
/// <param name="DueAt">By when it is to be resolved.</param>
/// <param name="IsOverdue">Whether that is over on the date.</param>
public sealed record OpenComplaint(
    string ContactId,
    int CustomerKey,
    string CustomerId,
    string? Topic,
    DateTimeOffset OpenedAt,
    string? Tier,
    decimal? Value,
    DateTimeOffset DueAt,
    bool IsOverdue);

/// <summary>An answer about contacts.</summary>
/// <typeparam name="T">A row of it.</typeparam>
/// <param name="Generation">The generation of the warehouse that it came from.</param>
/// <param name="AsOf">The date that it is given for.</param>
/// <param name="Definition">SHA-256, in hexadecimal, of the options but the date, and of the SQL.</param>
/// <param name="Words">The definition in words.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record ContactResult<T>(
    int Generation, DateOnly AsOf, string Definition, string Words, IReadOnlyList<T> Rows, IReadOnlyList<string> Notes);
