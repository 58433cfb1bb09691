using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>What one identifier's source last said of an attribute of a person.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Value">Its value.</param>
/// <param name="Identifier">The identifier, as <c>source:id</c>.</param>
/// <param name="ValidFrom">Since when it is true; null where it is of all time.</param>
/// <param name="KnownAt">When the warehouse knew it.</param>
/// <param name="Survives">Whether this word holds.</param>
/// <param name="Rule">By which rule the word was chosen: latest, sources or complete.</param>
/// <param name="Feed">The feed.</param>
/// <param name="Source">The file.</param>
/// <param name="Line">The line.</param>
public sealed record PersonWord(
    string Attribute, string Value, string Identifier, DateTimeOffset? ValidFrom, DateTimeOffset KnownAt, bool Survives, string Rule,
    string? Feed, string? Source, long Line)
{
    /// <summary>What is known of a person, by attribute: the word that holds first, then those that lost.</summary>
    /// <inheritdoc cref="PersonIdentity.OfAsync"/>
    public static async Task<IReadOnlyList<PersonWord>> OfAsync(DbConnection connection, string identifier, CancellationToken cancellationToken) =>
        await connection.RowsAsync(
            """
            SELECT
                attribute, value, candidate.source || ':' || candidate.source_id, nullif(valid_from, TIMESTAMPTZ '0001-01-01 00:00:00+00'),
                candidate.known_at, rank = 1, rule, feed, load.source, source_line
            FROM star.customer_candidate AS candidate
            LEFT JOIN ops.load AS load USING (load_key)
            WHERE customer_key = (SELECT customer_key FROM star.customer_identity WHERE source || ':' || source_id = $label)
            ORDER BY attribute, rank
            """,
            row => new PersonWord(
                row.GetString(0), row.GetString(1), row.GetString(2), row.ValueOrNull<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4),
                row.GetBoolean(5), row.GetString(6), row.TextOrNull(7), row.TextOrNull(8), row.GetInt64(9)),
            cancellationToken,
            ("label", await new DecisionLabels(connection).FindAsync(identifier, cancellationToken)));
}
