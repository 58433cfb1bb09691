using System.Data.Common;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Star;

/// <summary>Takes the good rows of a load into a fact: what is new is added, what is known is corrected or recognised.</summary>
internal sealed class FactFill(DbConnection connection, FeedTarget fill, FactTable fact)
{
    private readonly FactVersions _versions = new(fact);

    /// <summary>Takes the rows, and says what became of each file's.</summary>
    /// <exception cref="InvalidOperationException">The SQL lost a row, or made two of it: a bug, and the generation must not be published.</exception>
    public async Task<IReadOnlyList<FactOutcome>> RunAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(_versions.Start(), cancellationToken);
        var steps = fill.Target.Steps.Prepend(NamesReturns ? "Star/returned.sql" : "Star/returned.none.sql");
        foreach (var step in fill.Target == TargetCatalogue.Sale ? steps : fill.Target.Steps)
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(FactFill), step), cancellationToken);
        }

        var before = await CountAsync($"star.fact_{fact.Name}", cancellationToken);
        var apart = fill.Corrects ? await FindApartAsync(before == 0, cancellationToken) : 0;
        await connection.ExecuteAsync(_versions.InsertNew(apart > 0), cancellationToken);
        var inserted = await CountAsync($"star.fact_{fact.Name}", cancellationToken) - before;
        var loaded = await LoadedAsync(apart > 0, cancellationToken);
        Require(loaded.Sum(file => file.Loaded), inserted);
        var changed = apart > 0 ? await ChangeAsync(cancellationToken) : [];
        Require(apart, changed.Sum(file => file.Loaded + file.Corrected + file.Deleted + file.Known));
        if (fill.Target == TargetCatalogue.Sale)
        {
            await LinkReturnsAsync(cancellationToken);
        }

        return
        [
            .. loaded.Concat(changed).GroupBy(file => file.LoadKey).Select(files => new FactOutcome(
                files.Key,
                files.Sum(file => file.Loaded),
                files.Sum(file => file.Corrected),
                files.Sum(file => file.Deleted),
                files.Sum(file => file.Known))),
        ];
    }

    private bool NamesReturns => fill.Mappings.Any(mapping => mapping.Column.Name == "returned_order_id");

    private async Task<long> FindApartAsync(bool isEmpty, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(_versions.FindApart(isEmpty), cancellationToken);
        return await CountAsync($"temp.{fact.Name}_apart", cancellationToken);
    }

    private async Task<List<FactOutcome>> ChangeAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(_versions.Derive(), cancellationToken);
        await connection.ExecuteAsync(_versions.Write(), cancellationToken);
        if (fill.Target == TargetCatalogue.Sale)
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(FactFill), "Star/return_unlink.sql"), cancellationToken);
        }

        return await connection.RowsAsync(
            _versions.Outcomes(),
            row => new FactOutcome(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            cancellationToken);
    }

    private Task<List<FactOutcome>> LoadedAsync(bool hasApart, CancellationToken cancellationToken) => connection.RowsAsync(
        $"""
        SELECT load_key, count(*) FROM temp.mapped_{fact.Name}
        {(hasApart ? $"WHERE mapped_row NOT IN (SELECT mapped_row FROM temp.{fact.Name}_apart)" : "")}
        GROUP BY load_key
        """,
        row => new FactOutcome(row.GetInt32(0), row.GetInt64(1), 0, 0, 0),
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
