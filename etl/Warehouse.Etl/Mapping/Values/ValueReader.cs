using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Mapping.Values;

/// <summary>Reads texts as the values of a column. Values are as the engine stores them, in 64 bits.</summary>
internal abstract class ValueReader
{
    /// <summary>Reads a text that is not empty and has no blanks around it.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="isTyped">Whether the source wrote dates by ISO 8601, whatever format the feed names.</param>
    /// <param name="value">Days, microseconds since 1970 UTC, seconds, 0 and 1, or a number without its point.</param>
    public abstract bool TryRead(ReadOnlySpan<byte> text, bool isTyped, out long value);

    /// <summary>How many decimals a number of a kind has in the star.</summary>
    public static int Decimals(ColumnKind kind) => kind switch
    {
        ColumnKind.Number => 4,
        ColumnKind.Rate => 8,
        _ => 0,
    };

    /// <summary>The reader of a column's values; null for texts.</summary>
    /// <param name="mapping">The column.</param>
    /// <param name="source">How the source writes numbers.</param>
    /// <param name="zone">The zone of times without an offset.</param>
    public static ValueReader? Of(ColumnMapping mapping, FeedSource source, ZoneOffsets zone) => mapping.Column.Kind switch
    {
        ColumnKind.Text or ColumnKind.Customer => null,
        ColumnKind.Number or ColumnKind.Rate => new NumberReader(Decimals(mapping.Column.Kind), source.DecimalComma, mapping.Factor ?? 1),
        ColumnKind.Whole => new WholeReader(source.DecimalComma, mapping.Factor ?? 1),
        ColumnKind.Seconds => new SecondsReader(mapping.Factor ?? 1),
        ColumnKind.Flag => new FlagReader(mapping.True, mapping.False),
        ColumnKind.Date => new DateReader(mapping.Format),
        ColumnKind.Instant => new InstantReader(mapping.Format, zone),
        var other => throw new ArgumentOutOfRangeException(nameof(mapping), other, "Not known."),
    };

    /// <summary>What a text has to be to become a value of a column, as a sentence.</summary>
    public static string ExpectationOf(ColumnMapping mapping) => mapping.Column.Kind switch
    {
        ColumnKind.Number or ColumnKind.Rate => "Expected a number",
        ColumnKind.Whole => "Expected a whole number",
        ColumnKind.Date => $"Expected a date like {mapping.Format ?? "2026-12-25"}",
        ColumnKind.Instant => $"Expected a date and time like {mapping.Format ?? "2026-12-25 18:30:00"}",
        ColumnKind.Flag => $"Expected one of {string.Join(", ", mapping.True.Concat(mapping.False))}",
        ColumnKind.Seconds => "Expected seconds, or hours, minutes and seconds like 00:02:30",
        _ => "Expected a text",
    };
}
