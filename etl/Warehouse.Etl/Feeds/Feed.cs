using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Feeds;

/// <summary>Where rows come from, how they are read, and what they fill.</summary>
/// <param name="Name">By which <c>warehouse load</c> knows it.</param>
/// <param name="Description">What it brings, for people.</param>
/// <param name="Source">The files and how they are written.</param>
/// <param name="Fills">What one row fills; the first is what the feed is for.</param>
/// <param name="RejectLimit">The share of rows, 0 to 1, that may be rejected before the load says that it was too many.</param>
/// <param name="StopLimit">The share of rows, 0 to 1, beyond which rejected rows keep the load from being published.</param>
/// <param name="RejectsDuplicates">Whether a row equal to an earlier one of the same load is rejected.</param>
/// <param name="IsKnownAtEvent">Whether the company knew each row when it happened (a history loaded later), rather than when it is loaded.</param>
/// <param name="Hash">SHA-256 of the definition.</param>
public sealed record Feed(
    string Name,
    string? Description,
    FeedSource Source,
    IReadOnlyList<FeedTarget> Fills,
    decimal RejectLimit,
    decimal StopLimit,
    bool RejectsDuplicates,
    bool IsKnownAtEvent,
    string Hash)
{
    /// <summary>What is true of the rows that the feed takes; the others are left out, and counted. Null takes all.</summary>
    public ValueSource? Where { get; init; }

    /// <summary>What the feed reads of a source's rows.</summary>
    internal IEnumerable<ValueSource> Values => Fills.SelectMany(fill => fill.Mappings).SelectMany(mapping => mapping.Sources)
        .Concat(Fills.SelectMany(fill => fill.Identifiers).Select(identifier => identifier.Value))
        .Concat(Where is { } filter ? [filter] : []);
}

/// <summary>What a row of a feed fills.</summary>
/// <param name="Target">The target.</param>
/// <param name="Mappings">The columns that the feed fills.</param>
/// <param name="Identifiers">For customers: other identifiers that the row carries, by which other sources may name the person.</param>
/// <param name="KeepsHistory">Whether changes make new versions; else the latest row holds from the beginning.</param>
/// <param name="Corrects">For facts: whether a row about something known corrects it; else every row is taken for something new.</param>
public sealed record FeedTarget(
    Target Target, IReadOnlyList<ColumnMapping> Mappings, IReadOnlyList<Identifier> Identifiers, bool KeepsHistory, bool Corrects)
{
    /// <summary>What makes a part that the feed tells as a whole (order, date, …): what stood in it and is not told again is no more. None where single rows are told.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    /// <summary>The columns of which an empty cell takes back what was told before.</summary>
    public IReadOnlyList<string> Clears { get; init; } = [];

    /// <summary>Whether a row adds to what was told of a fact before: what it leaves empty stays.</summary>
    public bool Accumulates => Corrects && Replaces.Count == 0 && Target.Columns.Any(column => column.IsOnlyForFirst);

    /// <summary>The mapping of a column, or null where the feed does not fill it.</summary>
    public ColumnMapping? Find(TargetColumn column) => Mappings.FirstOrDefault(mapping => mapping.Column == column);

    /// <summary>Whether the feed fills a column.</summary>
    public bool Fills(string column) => Mappings.Any(mapping => mapping.Column.Name == column);
}

/// <summary>Another identifier that a customer's row carries.</summary>
/// <param name="Identity">The name space of the identifier.</param>
/// <param name="Value">Where it stands.</param>
/// <param name="Ties">Whether a person who is already known by it is taken to be the same.</param>
public sealed record Identifier(string Identity, ValueSource Value, bool Ties);
