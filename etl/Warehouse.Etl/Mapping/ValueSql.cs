using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Mapping;

/// <summary>How a text of a source becomes a value: SQL that gives NULL where it does not.</summary>
internal static class ValueSql
{
    /// <summary>What is taken off the ends of a text: blank, tab, line ends, no-break, ideographic and zero-width space.</summary>
    private const string Blanks = " \t\n\v\f\r\u00A0\u3000\uFEFF";

    /// <summary>A source's text without blanks around it; NULL where it means « no value ».</summary>
    public static string Trimmed(SqlText sql, string column, IReadOnlyList<string> nulls)
    {
        var trimmed = $"trim({column}, {sql.Value(Blanks)})";
        var text = $"nullif({trimmed}, '')";
        var spellings = nulls.Where(spelling => spelling.Length > 0).Select(spelling => (object)spelling.ToLowerInvariant()).ToArray();
        return spellings.Length == 0 ? text : $"CASE WHEN lower({trimmed}) IN ({sql.List(spellings)}) THEN NULL ELSE {text} END";
    }

    /// <summary>A trimmed text as a mapping wants it; NULL where it is not the mapping's.</summary>
    public static string Cleaned(SqlText sql, string text, ValueSource source)
    {
        var clean = source.Clean.Aggregate(text, (cleaned, how) => how switch
        {
            Cleaning.Lower => $"lower({cleaned})",
            Cleaning.Upper => $"upper({cleaned})",
            Cleaning.Digits => $"nullif(regexp_replace({cleaned}, '[^0-9]', '', 'g'), '')",
            Cleaning.Whole => $"regexp_replace({cleaned}, '^([0-9]+)\\.0+$', '\\1')",
            Cleaning.Blanks => $"regexp_replace({cleaned}, '\\s+', ' ', 'g')",
            _ => throw new ArgumentOutOfRangeException(nameof(source), how, "Not known."),
        });
        return source.Matches is { } pattern ? $"CASE WHEN regexp_full_match({clean}, {sql.Value(pattern)}) THEN {clean} END" : clean;
    }

    /// <summary>The value of a cleaned text.</summary>
    public static string Typed(SqlText sql, string text, ColumnMapping mapping, FeedSource source, string zone) => mapping.Column.Kind switch
    {
        ColumnKind.Text or ColumnKind.Customer => text,
        ColumnKind.Number or ColumnKind.Rate => $"TRY_CAST({Point(text, source)} AS {TypeOf(mapping.Column.Kind)})",
        ColumnKind.Whole => Whole(Point(text, source)),
        ColumnKind.Seconds => $"CASE WHEN contains({text}, ':') THEN CAST(epoch(TRY_CAST({text} AS INTERVAL)) AS BIGINT) ELSE {Whole(text)} END",
        ColumnKind.Date => mapping.Format is { } format
            ? $"CAST(TRY_STRPTIME({text}, {sql.Value(format)}) AS DATE)"
            : $"CASE WHEN {BeginsWithYear(text)} THEN TRY_CAST({text} AS DATE) END",
        ColumnKind.Instant when NamesOffset(mapping) => Local(sql, text, mapping),
        ColumnKind.Instant => $"CASE WHEN {HasOffset(text, mapping)} THEN TRY_CAST({text} AS TIMESTAMPTZ) ELSE timezone({sql.Value(zone)}, {Local(sql, text, mapping)}) END",
        ColumnKind.Flag =>
            $"CASE WHEN lower({text}) IN ({sql.List(mapping.True)}) THEN true WHEN lower({text}) IN ({sql.List(mapping.False)}) THEN false END",
        var other => throw new ArgumentOutOfRangeException(nameof(mapping), other, "Not known."),
    };

    /// <summary>The business date of an instant's text, in the workspace's zone.</summary>
    public static string BusinessDate(SqlText sql, string text, string instant, ColumnMapping mapping, string zone, string businessZone)
    {
        var converted = $"CAST(timezone({sql.Value(businessZone)}, {instant}) AS DATE)";
        return zone == businessZone && !NamesOffset(mapping)
            ? $"CASE WHEN {HasOffset(text, mapping)} THEN {converted} ELSE CAST({Local(sql, text, mapping)} AS DATE) END"
            : converted;
    }

    /// <summary>The type of a column in the table of mapped rows.</summary>
    public static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Customer => "VARCHAR",
        ColumnKind.Number => "DECIMAL(18,4)",
        ColumnKind.Rate => "DECIMAL(18,8)",
        ColumnKind.Whole or ColumnKind.Seconds => "BIGINT",
        ColumnKind.Date => "DATE",
        ColumnKind.Instant => "TIMESTAMPTZ",
        ColumnKind.Flag => "BOOLEAN",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not known."),
    };

    /// <summary>What a text has to be to become a value of a kind, as a sentence.</summary>
    public static string Expectation(ColumnMapping mapping) => mapping.Column.Kind switch
    {
        ColumnKind.Number or ColumnKind.Rate => "Expected a number",
        ColumnKind.Whole => "Expected a whole number",
        ColumnKind.Date => $"Expected a date like {mapping.Format ?? "2026-12-25"}",
        ColumnKind.Instant => $"Expected a date and time like {mapping.Format ?? "2026-12-25 18:30:00"}",
        ColumnKind.Flag => $"Expected one of {string.Join(", ", mapping.True.Concat(mapping.False))}",
        ColumnKind.Seconds => "Expected seconds, or hours, minutes and seconds like 00:02:30",
        _ => "Expected a text",
    };

    /// <summary>A number with a decimal point. Where the comma is the sign, points may only stand between thousands: 1.5 is not 15.</summary>
    private static string Point(string text, FeedSource source) => source.DecimalComma
        ? $"CASE WHEN NOT contains({text}, '.') OR regexp_full_match({text}, '[+-]?[0-9]{{1,3}}(\\.[0-9]{{3}})+(,[0-9]*)?') THEN replace(replace({text}, '.', ''), ',', '.') END"
        : text;

    private static string Whole(string text) =>
        $"CASE WHEN TRY_CAST({text} AS DECIMAL(28,4)) % 1 = 0 THEN TRY_CAST(TRY_CAST({text} AS DECIMAL(28,4)) AS BIGINT) END";

    private static string Local(SqlText sql, string text, ColumnMapping mapping) => mapping.Format is { } format
        ? $"TRY_STRPTIME({text}, {sql.Value(format)})"
        : $"CASE WHEN {BeginsWithYear(text)} THEN TRY_CAST({text} AS TIMESTAMP) END";

    /// <summary>The engine would read 5-1-24 as a day of the year 5, and "infinity" as a date.</summary>
    private static string BeginsWithYear(string text) => $"{text}[5] IN ('-', '/')";

    /// <summary>Whether the format itself reads an offset or a zone.</summary>
    private static bool NamesOffset(ColumnMapping mapping) =>
        mapping.Format is { } format && (format.Contains("%z", StringComparison.Ordinal) || format.Contains("%Z", StringComparison.Ordinal));

    /// <summary>Whether an ISO 8601 text ends with an offset: Z, +01:00, +0100, +01 or UTC.</summary>
    private static string HasOffset(string text, ColumnMapping mapping) => mapping.Format is null
        ? $"(length({text}) > 19 AND ({text}[-1] = 'Z' OR {text}[-6] IN ('+', '-') OR {text}[-5] IN ('+', '-') OR {text}[-3] IN ('+', '-') OR right({text}, 4) = ' UTC'))"
        : "false";
}
