using System.Globalization;
using Warehouse.DuckDb;

namespace Warehouse.Etl.Quality.Audits;

/// <summary>Writes an audit as SQL that gives one row: how many offend, how many were looked at, and an example.</summary>
/// <param name="table">The table with its schema; null for a SELECT of its own.</param>
/// <param name="hasGenerations">Whether its rows say which generation brought them.</param>
/// <param name="feed">The feed whose rows alone are looked at; null for all.</param>
/// <param name="key">Of a fact whose earlier versions stand in a table beside it: its key; null for other tables.</param>
internal sealed class AuditSql(string? table, bool hasGenerations, string? feed, string? key)
{
    private static readonly DuckDBCommandBuilder Quotes = new();
    private readonly List<(string Name, object? Value)> _values = [];

    /// <summary>The parameters of the statement that was written last.</summary>
    public (string Name, object? Value)[] Values => [.. _values];

    private string Table => string.Join('.', table!.Split('.').Select(Quotes.QuoteIdentifier));

    private string OfFeed => feed is null ? "" : "WHERE load_key IN (SELECT load_key FROM ops.load WHERE feed = $feed)";

    private string Rows => feed is null ? Table : $"(SELECT * FROM {Table} {OfFeed})";

    private string OfThisLoad => hasGenerations ? "WHERE generation = $generation" : "";

    public string Write(AuditRule rule, int generation, DateTimeOffset now)
    {
        _values.Clear();
        if (feed is not null && rule is not AuditRule.Select)
        {
            _values.Add(("feed", feed));
        }

        return rule switch
        {
            AuditRule.Required required => Column(required.Column, generation, column => $"{column} IS NULL"),
            AuditRule.Range range => Column(
                range.Column, generation, column => $"coalesce({column} < {Value(range.Least)}, false) OR coalesce({column} > {Value(range.Most)}, false)"),
            AuditRule.OneOf oneOf => Column(
                oneOf.Column, generation, column => $"CAST({column} AS VARCHAR) NOT IN ({string.Join(", ", oneOf.Values.Select(value => Value(value)))})"),
            AuditRule.Type type => Column(type.Column, generation, column => IsNot(type.Kind, $"CAST({column} AS VARCHAR)")),
            AuditRule.Pattern pattern => Column(
                pattern.Column, generation, column => $"NOT regexp_full_match(CAST({column} AS VARCHAR), {Value(pattern.Expression)})"),
            AuditRule.Unique unique => Unique(unique),
            AuditRule.Reference reference => Reference(reference, generation),
            AuditRule.Band band => Band(band, generation),
            AuditRule.Fresh fresh => Fresh(fresh, now),
            AuditRule.Select select => $"SELECT count(*), count(*), min(CAST(offender AS VARCHAR)) FROM ({select.Sql}\n) AS offender",
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not known."),
        };
    }

    private string Column(string name, int generation, Func<string, string> isBad)
    {
        Generation(generation);
        var bad = isBad(Quotes.QuoteIdentifier(name));
        return $"SELECT count(*) FILTER (WHERE {bad}), count(*), min(coalesce(CAST({Quotes.QuoteIdentifier(name)} AS VARCHAR), 'nothing')) FILTER (WHERE {bad}) FROM {Rows} {OfThisLoad}";
    }

    private string Unique(AuditRule.Unique unique)
    {
        var columns = string.Join(", ", unique.Columns.Select(Quotes.QuoteIdentifier));
        return $"""
            SELECT coalesce(CAST(sum(times - 1) AS BIGINT), 0), coalesce(CAST(sum(times) AS BIGINT), 0), min(who) FILTER (WHERE times > 1)
            FROM (SELECT count(*) AS times, concat_ws(', ', {columns}) AS who FROM {Rows} GROUP BY {columns})
            """;
    }

    private string Reference(AuditRule.Reference reference, int generation)
    {
        Generation(generation);
        var column = Quotes.QuoteIdentifier(reference.Column);
        var other = string.Join('.', reference.ToTable.Split('.').Select(Quotes.QuoteIdentifier));
        return $"""
            SELECT count(*) FILTER (WHERE said.{column} IS NOT NULL AND known.target IS NULL), count(*),
                min(CAST(said.{column} AS VARCHAR)) FILTER (WHERE known.target IS NULL)
            FROM (SELECT * FROM {Rows} {OfThisLoad}) AS said
            LEFT JOIN (SELECT DISTINCT {Quotes.QuoteIdentifier(reference.ToColumn)} AS target FROM {other}) AS known ON known.target = said.{column}
            """;
    }

    private string Band(AuditRule.Band band, int generation)
    {
        _values.Add(("generation", generation));
        var column = band.Column is null ? "1" : Quotes.QuoteIdentifier(band.Column);
        var told = key is null
            ? $"SELECT generation, {column} AS amount FROM {Rows}"
            : $"""
                SELECT generation, {column} AS amount, load_key FROM {Table} ANTI JOIN {Past} USING ({key})
                UNION ALL
                SELECT generation, {column} AS amount, load_key FROM {Past}
                QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY generation, known_at, load_key, source_line) = 1
                """;
        return $"""
            WITH told AS (
                SELECT generation, amount FROM ({told}) {(key is null ? "" : OfFeed)}
                {(feed is null ? "" : "UNION ALL SELECT generation, 0 FROM ops.load WHERE feed = $feed")}
            ),
            brought AS (
                SELECT generation, CAST(sum(amount) AS DOUBLE) AS amount FROM told WHERE generation > 0 AND generation <= $generation GROUP BY generation
            ),
            usual AS (
                SELECT avg(amount) AS mean FROM (SELECT amount FROM brought WHERE generation < $generation ORDER BY generation DESC LIMIT {Value((long)band.Last)})
            )
            SELECT
                count(*) FILTER (WHERE amount < mean * {Value((double)band.Least)} OR amount > mean * {Value((double)band.Most)}),
                count(*),
                min(format('{"{:.2f}"}, and {"{:.2f}"} on average before', amount, mean)) FILTER (WHERE mean IS NOT NULL)
            FROM brought
            CROSS JOIN usual
            WHERE generation = $generation
            """;
    }

    private string Past => string.Join('.', $"{table}_history".Split('.').Select(Quotes.QuoteIdentifier));

    private static string IsNot(TextKind kind, string text) => kind switch
    {
        TextKind.Whole => $"NOT regexp_full_match({text}, '[+-]?[0-9]+')",
        TextKind.Number => $"NOT regexp_full_match({text}, '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?')",
        TextKind.Date => $"TRY_CAST({text} AS DATE) IS NULL AND {text} IS NOT NULL",
        TextKind.Instant => $"TRY_CAST({text} AS TIMESTAMPTZ) IS NULL AND {text} IS NOT NULL",
        TextKind.Flag => $"{text} NOT IN ('true', 'false')",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not known."),
    };

    private string Fresh(AuditRule.Fresh fresh, DateTimeOffset now)
    {
        var column = Quotes.QuoteIdentifier(fresh.Column);
        return $"SELECT count(*) FILTER (WHERE latest IS NULL OR latest < {Value(now.AddDays(-fresh.Days))}), 1, coalesce(CAST(min(latest) AS VARCHAR), 'nothing') FROM (SELECT max(CAST({column} AS TIMESTAMPTZ)) AS latest FROM {Rows})";
    }

    private void Generation(int generation)
    {
        if (hasGenerations)
        {
            _values.Add(("generation", generation));
        }
    }

    private string Value(object? value)
    {
        if (value is null)
        {
            return "NULL";
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"v{_values.Count}");
        _values.Add((name, value));
        return "$" + name;
    }
}
