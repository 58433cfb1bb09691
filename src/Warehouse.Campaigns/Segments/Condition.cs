namespace Warehouse.Campaigns.Segments;

/// <summary>What has to hold of a customer.</summary>
internal abstract record Condition
{
    /// <summary>Every test in it.</summary>
    public IEnumerable<Test> Tests() => this switch
    {
        AllOf all => all.Parts.SelectMany(part => part.Tests()),
        AnyOf any => any.Parts.SelectMany(part => part.Tests()),
        Not not => not.Part.Tests(),
        Test test => [test],
        _ => [],
    };
}

/// <summary>Every part has to hold; without parts everybody does.</summary>
internal sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition;

/// <summary>At least one part has to hold.</summary>
internal sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition;

/// <summary>The part must not hold.</summary>
internal sealed record Not(Condition Part) : Condition;

/// <summary>A condition without parts.</summary>
/// <param name="Words">It in words, such as « country IE or GB ».</param>
internal abstract record Test(string Words) : Condition;

/// <summary>An attribute or score has one of several values.</summary>
/// <param name="Column">A column of <c>temp.segment_person</c>.</param>
internal sealed record OneOf(string Column, IReadOnlyList<string> Values, string Words) : Test(Words);

/// <summary>An attribute or score lies within bounds.</summary>
/// <param name="Column">A column of <c>temp.segment_person</c>.</param>
internal sealed record Within(string Column, Bounds Bounds, string Words) : Test(Words);

/// <summary>The last snapshot by an earlier date gave the customer one of several scores.</summary>
/// <param name="Column">A column of <c>mart.customer_snapshot</c>.</param>
/// <param name="On">The date, where it is the same for all as-of dates.</param>
/// <param name="Ago">Else the window that begins with the day after it.</param>
internal sealed record Was(string Column, IReadOnlyList<string> Values, DateOnly? On, Analysis.Populations.Window Ago, string Words) : Test(Words)
{
    /// <summary>The date, as of a date: never a later one.</summary>
    public DateOnly Date(DateOnly asOf) =>
        On is { } date ? date < asOf ? date : asOf
        : Ago.FirstDate(asOf) is var first && first > DateOnly.MinValue ? first.AddDays(-1)
        : first;
}

/// <summary>The customer bought so often, for so much, of such things, in such a time.</summary>
internal sealed record Bought(
    Period Period, Bounds? Times, Bounds? Value, IReadOnlyList<(string Column, IReadOnlyList<string> Values)> Of, bool IsReturn, string Words) : Test(Words);

/// <summary>The customer was in touch so often, about such things, in such a time.</summary>
internal sealed record Contacted(
    Period Period, Bounds? Times, bool? IsComplaint, bool? IsResolved, IReadOnlyList<string> Topics, string Words) : Test(Words);

/// <summary>The customer allows marketing by a channel.</summary>
internal sealed record Consented(string Channel, string Words) : Test(Words);

/// <summary>The customer was drawn into a campaign and did something.</summary>
/// <param name="Milestone">A column of <c>star.fact_touch</c> that has to be reached; null asks for none.</param>
internal sealed record Responded(string Campaign, int? Wave, string? Arm, string? Milestone, string Words) : Test(Words);

/// <summary>A measure of a cube, over the customer's own facts, lies within bounds.</summary>
/// <param name="Cube">The cube.</param>
/// <param name="Measure">A measure of it.</param>
/// <param name="Where">Which facts count, as a query says it; null for all.</param>
internal sealed record Measured(string Cube, string Measure, string? Where, Period Period, Bounds Bounds, string Words) : Test(Words);

/// <summary>Things happened to the customer one after the other.</summary>
/// <param name="Steps">At least two; the last may be one that did not happen.</param>
internal sealed record InOrder(IReadOnlyList<Step> Steps, string Words) : Test(Words);

/// <summary>Something that happens at an instant: an order, a return, a contact or a response.</summary>
/// <param name="Event">A <see cref="Bought"/>, <see cref="Contacted"/> or <see cref="Responded"/>.</param>
/// <param name="Within">At most so many days after the step before; null for any time.</param>
/// <param name="IsAbsent">Whether it did not happen in all of that time, which is over.</param>
internal sealed record Step(Test Event, int? Within, bool IsAbsent);

/// <summary>The customer is in another segment as of the same date.</summary>
internal sealed record InSegment(string Name, string Words) : Test(Words);

/// <summary>The customer is drawn into a share of all customers, the same ones whenever the seed is the same.</summary>
internal sealed record Sampled(decimal Share, string Seed, string Words) : Test(Words);

/// <summary>Bounds of a number or date; both belong to it, null is open.</summary>
internal sealed record Bounds(object? From, object? To);

/// <summary>When something happened: from a date, or within a window that ends with the as-of date, to a date.</summary>
internal sealed record Period(Analysis.Populations.Window Window, DateOnly? Until)
{
    /// <summary>Its first and last date, as of a date; the first lies after the last where nothing can have happened.</summary>
    public (DateOnly First, DateOnly Last) Dates(DateOnly asOf) => (
        Window == Analysis.Populations.Window.All ? DateOnly.MinValue : Window.FirstDate(asOf),
        Until is { } last && last < asOf ? last : asOf);
}
