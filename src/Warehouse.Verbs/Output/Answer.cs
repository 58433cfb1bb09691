namespace Warehouse.Verbs.Output;

/// <summary>A table as every command answers it.</summary>
/// <param name="Generation">The generation of the warehouse that it was computed from.</param>
/// <param name="AsOf">The date that it holds for, or null where it holds for the generation as a whole.</param>
/// <param name="Definition">The hash of the definition that it was computed by.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows; a value is null, a text, a Boolean, a number, a date, a time or an instant.</param>
internal sealed record Answer(
    int Generation, DateOnly? AsOf, string Definition, IReadOnlyList<AnswerColumn> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Whom it is about and how they were counted, in words; null where its name says all.</summary>
    public string? Words { get; init; }

    /// <summary>What was asked, by the names of the question's parts, where it became another question on the way; else null.</summary>
    public IReadOnlyDictionary<string, string?>? Asked { get; init; }
}

/// <summary>A column of an answer.</summary>
/// <param name="Name">Its name, for programs.</param>
/// <param name="Type">The engine's name of its type.</param>
/// <param name="Caption">Its name, for people; null where it is the same.</param>
/// <param name="Format">How people want to see it.</param>
internal sealed record AnswerColumn(string Name, string Type, string? Caption = null, ColumnFormat Format = ColumnFormat.Plain)
{
    /// <summary>How a value is shown to people where the format alone does not tell.</summary>
    public Func<object?, string>? Show { get; init; }

    /// <summary>Whether people are not shown it where it has nothing but zeros and missing values: what happens seldom.</summary>
    public bool IsRare { get; init; }

    /// <summary>Its name as people see it.</summary>
    public string Heading => Caption ?? Name;

    /// <summary>A value as people see it.</summary>
    public string ForPeople(object? value) => Show is { } show ? show(value) : ValueText.ForPeople(value, Format);
}

/// <summary>How a column is shown to people.</summary>
internal enum ColumnFormat
{
    /// <summary>As it is: texts, dates, identifiers.</summary>
    Plain,

    /// <summary>A count, its thousands apart.</summary>
    Count,

    /// <summary>An amount of money with two decimals.</summary>
    Money,

    /// <summary>A share of one as a percentage.</summary>
    Share,

    /// <summary>Any other number, with up to four decimals.</summary>
    Number,
}
