using Warehouse.Etl.Feeds.Expressions;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Feeds;

/// <summary>How a column of a target is filled from a row.</summary>
/// <param name="Column">The column.</param>
/// <param name="Sources">Where the value stands; the first that has one counts.</param>
/// <param name="Constant">The value of every row, instead of a source.</param>
/// <param name="Format">How a date or instant is written (%d/%m/%Y %H:%M); null reads ISO 8601.</param>
/// <param name="TimeZone">The zone of an instant; null stands for the source's. A text that names its own offset needs none.</param>
/// <param name="True">The words for yes, lower case.</param>
/// <param name="False">The words for no, lower case.</param>
/// <param name="IsRequired">Whether a row without a value is rejected.</param>
/// <param name="Range">The bounds of a number.</param>
/// <param name="OneOf">The only values allowed; none allows all.</param>
/// <param name="NoneOf">The values that are not allowed.</param>
/// <param name="IsPast">Whether a date or instant after the load is rejected.</param>
/// <param name="NotBefore">The column of the same target that an instant may not be earlier than; null for none.</param>
/// <param name="Pattern">The regular expression that a whole text has to match; null allows all.</param>
/// <param name="KeepsHistory">Whether a change makes a new version (type 2), or the latest value holds in all of them (type 1); null leaves it to the target's <c>history</c>.</param>
/// <param name="Factor">By what a number is multiplied to be in the column's unit (.01 for pence); null leaves it as it is.</param>
public sealed record ColumnMapping(
    TargetColumn Column,
    IReadOnlyList<ValueSource> Sources,
    string? Constant,
    string? Format,
    string? TimeZone,
    IReadOnlyList<string> True,
    IReadOnlyList<string> False,
    bool IsRequired,
    NumberRange Range,
    IReadOnlyList<string> OneOf,
    IReadOnlyList<string> NoneOf,
    bool IsPast,
    string? NotBefore,
    string? Pattern,
    bool? KeepsHistory = null,
    decimal? Factor = null);

/// <summary>A column of the source, or what is computed from some of them.</summary>
/// <param name="Column">Its name there; of an expression its text.</param>
/// <param name="Clean">What is done to the text, in order, beside trimming.</param>
/// <param name="Identity">For identifiers of customers: the name space.</param>
/// <param name="Matches">The regular expression that tells whose values these are; a text that does not match it as a whole counts as none. Null takes all.</param>
/// <param name="Lookup">What the texts stand for; null leaves them as they are.</param>
public sealed record ValueSource(string Column, IReadOnlyList<Cleaning> Clean, string? Identity, string? Matches, Lookup? Lookup)
{
    /// <summary>The columns that are read.</summary>
    public IEnumerable<string> Columns => Expression?.Columns ?? [Column];

    /// <summary>What is computed; null where it is the column's text.</summary>
    internal Expression? Expression { get; init; }
}

/// <summary>What can be done to a text before it is read.</summary>
public enum Cleaning
{
    /// <summary>Small letters.</summary>
    Lower,

    /// <summary>Capital letters.</summary>
    Upper,

    /// <summary>Digits alone stay.</summary>
    Digits,

    /// <summary>« 17850.0 » becomes « 17850 ».</summary>
    Whole,

    /// <summary>Runs of blanks become one.</summary>
    Blanks,

    /// <summary>« $1,234.50 » becomes « 1234.50 », « (2.50) » and « 2.50- » become « -2.50 ».</summary>
    Number,

    /// <summary>« 5 % » is a twentieth; what has no percent sign stays.</summary>
    Percent,
}
