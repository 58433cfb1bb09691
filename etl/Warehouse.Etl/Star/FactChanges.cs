using System.Data.Common;
using Warehouse.Etl.Feeds;
using Warehouse.Store;

namespace Warehouse.Etl.Star;

/// <summary>Takes into a fact what a load says of keys that are known, said twice, deleted, or left out of a part that is told again.</summary>
/// <param name="connection">The connection, with the load's rows as <c>temp.NAME_line</c> and <c>temp.NAME_row</c>.</param>
/// <param name="fact">The fact.</param>
/// <param name="feed">The name of the feed.</param>
/// <param name="fill">What its rows fill.</param>
/// <param name="parts">The kind of parts in <c>temp.NAME_replacement</c>; null where the load tells none as a whole.</param>
internal sealed class FactChanges(DbConnection connection, FactTable fact, string feed, FeedTarget fill, FactParts? parts)
{
    private readonly FactVersions _versions = new(fact);
    private IReadOnlyList<FactParts> _kept = [];

    /// <summary>Finds the keys that are not simply new, and the rows about them.</summary>
    /// <returns>How many keys, and how many rows.</returns>
    public async Task<(long Keys, long Rows)> FindAsync(bool isEmpty, CancellationToken cancellationToken)
    {
        var scopes = await connection.RowsAsync(
            "SELECT DISTINCT scope FROM star.replacement WHERE fact = $fact ORDER BY scope", row => row.GetString(0), cancellationToken, ("fact", fact.Name));
        _kept = [.. scopes.Select(scope => FactParts.Of(fact, scope))];
        var others = _kept.Select(kind => kind.KeysOfKept()).Concat(parts?.KeysOfTold() ?? []);
        await connection.ExecuteAsync(_versions.FindApart(isEmpty, others), cancellationToken, _kept.Count > 0 ? [("feed", feed)] : []);
        return (
            await connection.ScalarAsync<long>($"SELECT count(*) FROM temp.{fact.Name}_touched", cancellationToken),
            await connection.ScalarAsync<long>($"SELECT count(*) FROM temp.{fact.Name}_apart", cancellationToken));
    }

    /// <summary>Derives the versions of these keys, writes them, and says what became of each file's rows.</summary>
    public async Task<List<FactOutcome>> ApplyAsync(CancellationToken cancellationToken)
    {
        var hasParts = parts is not null || _kept.Count > 0;
        await connection.ExecuteAsync(
            _versions.Gather(_kept.Count == 0 ? "false" : $"({string.Join(" OR ", _kept.Select(kind => kind.IsKept("statement")))})"),
            cancellationToken,
            _kept.Count > 0 ? [("feed", feed)] : []);
        if (hasParts)
        {
            await EndAsync(cancellationToken);
        }

        await connection.ExecuteAsync(_versions.AddEnded(hasParts), cancellationToken);
        if (fact.Accumulation is { } accumulation)
        {
            await connection.ExecuteAsync(accumulation.Hold(fact, fill), cancellationToken);
            foreach (var step in accumulation.Steps)
            {
                await connection.ExecuteAsync(SqlFile.Read(typeof(FactChanges), step), cancellationToken);
            }
        }

        await connection.ExecuteAsync(_versions.Derive(), cancellationToken);
        await connection.ExecuteAsync(_versions.Write(), cancellationToken);
        if (fact.Accumulation is not null)
        {
            await connection.ExecuteAsync(Accumulation.Keep(fact), cancellationToken);
        }

        if (fact.Name == "sale")
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(FactChanges), "Star/return_unlink.sql"), cancellationToken);
        }

        return await connection.RowsAsync(
            _versions.Outcomes(),
            row => new FactOutcome(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5)),
            cancellationToken);
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        if (parts is null)
        {
            await connection.ExecuteAsync(
                $"""
                CREATE OR REPLACE TEMP TABLE {fact.Name}_replacement (
                    scope VARCHAR, part VARCHAR, feed VARCHAR, known_at TIMESTAMPTZ, load_key INTEGER, source_line BIGINT, mapped_row BIGINT,
                    is_timed BOOLEAN, generation INTEGER)
                """,
                cancellationToken);
        }

        var kinds = _kept.Concat(parts is null ? [] : [parts]).DistinctBy(kind => kind.Scope);
        await connection.ExecuteAsync(FactParts.End(fact, kinds), cancellationToken, ("feed", feed));
        await connection.ExecuteAsync(FactParts.Keep(fact), cancellationToken);
    }
}
