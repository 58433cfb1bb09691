using System.Data.Common;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Star;

/// <summary>Takes the good rows of a load into a fact: what is new is added, what is known is corrected or recognised.</summary>
internal sealed class FactFill(DbConnection connection, Feed feed, int place, FactTable fact)
{
    private readonly FactVersions _versions = new(fact);
    private readonly FeedTarget _fill = feed.Fills[place];

    private bool NamesReturns => _fill.Fills("returned_order_id");

    /// <summary>Takes the rows, and says what became of each file's.</summary>
    /// <exception cref="InvalidOperationException">The SQL lost a row, or made two of it: a bug, and the generation must not be published.</exception>
    public async Task<IReadOnlyList<FactOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(_versions.Start(), cancellationToken);
        var steps = _fill.Target.Steps.Prepend(NamesReturns ? "Star/returned.sql" : "Star/returned.none.sql");
        foreach (var step in _fill.Target == TargetCatalogue.Sale ? steps : _fill.Target.Steps)
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(FactFill), step), cancellationToken);
        }

        var before = await CountAsync($"star.fact_{fact.Name}", cancellationToken);
        var parts = await TellPartsAsync(cancellationToken);
        var changes = new FactChanges(connection, fact, feed.Name, _fill, parts);
        var (keys, apart) = _fill.Corrects ? await changes.FindAsync(before == 0, cancellationToken) : default;
        await connection.ExecuteAsync(_versions.InsertNew(apart > 0), cancellationToken);
        var inserted = await CountAsync($"star.fact_{fact.Name}", cancellationToken) - before;
        var loaded = await LoadedAsync(apart > 0, cancellationToken);
        Require(loaded.Sum(file => file.Loaded), inserted);
        var changed = keys > 0 ? await changes.ApplyAsync(cancellationToken) : [];
        Require(apart, changed.Sum(file => file.Loaded + file.Corrected + file.Deleted + file.Known));
        if (parts is not null && keys == 0)
        {
            await connection.ExecuteAsync(FactParts.Keep(fact), cancellationToken);
        }

        if (_fill.Target == TargetCatalogue.Sale)
        {
            await LinkReturnsAsync(cancellationToken);
        }

        return FactOutcome.Sum(loaded.Concat(changed));
    }

    private async Task<FactParts?> TellPartsAsync(CancellationToken cancellationToken)
    {
        if (_fill.Replaces.Count == 0)
        {
            return null;
        }

        var parts = new FactParts(fact, [.. _fill.Replaces.Select(name => fact.Parts[name].Star)]);
        await connection.ExecuteAsync(parts.Tell(_fill, place), cancellationToken, ("feed", feed.Name));
        return parts;
    }

    private Task<List<FactOutcome>> LoadedAsync(bool hasApart, CancellationToken cancellationToken) => connection.RowsAsync(
        $"""
        SELECT load_key, count(*) FROM temp.mapped_{fact.Name}
        {(hasApart ? $"WHERE mapped_row NOT IN (SELECT mapped_row FROM temp.{fact.Name}_apart)" : "")}
        GROUP BY load_key
        """,
        row => new FactOutcome(row.GetInt32(0), row.GetInt64(1), 0, 0, 0, 0),
        cancellationToken);

    private async Task LinkReturnsAsync(CancellationToken cancellationToken)
    {
        if (NamesReturns || await CountAsync("star.open_return", cancellationToken) > 0)
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(FactFill), "Star/return_link.sql"), cancellationToken);
        }
    }

    private Task<long> CountAsync(string table, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>($"SELECT count(*) FROM {table}", cancellationToken);

    private void Require(long expected, long found)
    {
        if (expected != found)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{expected} rows were to come into star.fact_{fact.Name}, and {found} came."));
        }
    }
}
