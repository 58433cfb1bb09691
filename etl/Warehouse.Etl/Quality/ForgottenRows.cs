using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Quality;

/// <summary>
/// Keeps customers who asked to be forgotten (<c>ops.forgotten_customer</c>) out of a load: what describes them or speaks for them is
/// rejected without a word of it, and facts go to the person without a name that they left.
/// </summary>
internal static class ForgottenRows
{
    /// <summary>Goes over the rows of <c>temp.mapped</c> before any of them is taken or kept as a reject.</summary>
    public static async Task ApplyAsync(Publication publication, Feed feed, CancellationToken cancellationToken)
    {
        var connection = publication.Connection;
        if (await connection.ScalarAsync<long>("SELECT count(*) FROM ops.forgotten_customer", cancellationToken) == 0)
        {
            return;
        }

        foreach (var (place, fill) in feed.Fills.Index())
        {
            var column = fill.Target.Columns.FirstOrDefault(column => column.Kind == ColumnKind.Customer && fill.Fills(column.Name));
            if (column is null)
            {
                continue;
            }

            var name = MappedColumn.NameOf(place, column);
            var known = $"ops.identifier_hash({name}_identity, {name}) IN (SELECT identifier_hash FROM ops.forgotten_customer)";
            if (fill.Target == TargetCatalogue.Customer)
            {
                known = $"({string.Join(" OR ", Others(fill, place).Prepend(known).Select(each => $"coalesce({each}, false)"))})";
            }

            await connection.ExecuteAsync($"UPDATE temp.mapped SET {Change(fill, place, name)} WHERE {known}", cancellationToken);
        }
    }

    /// <summary>The other identifiers that a customer's row carries.</summary>
    private static IEnumerable<string> Others(FeedTarget fill, int place)
    {
        foreach (var (number, identifier) in fill.Identifiers.Index())
        {
            yield return $"ops.identifier_hash('{identifier.Identity.Replace("'", "''", StringComparison.Ordinal)}', {FormattableString.Invariant($"t{place}_identifier{number}")}) IN (SELECT identifier_hash FROM ops.forgotten_customer)";
        }

        if (fill.Fills("email"))
        {
            yield return $"ops.identifier_hash('email', lower({FormattableString.Invariant($"t{place}_email")})) IN (SELECT identifier_hash FROM ops.forgotten_customer)";
        }
    }

    private static string Change(FeedTarget fill, int place, string name) =>
        fill.Target != TargetCatalogue.Customer && fill.Target != TargetCatalogue.Consent
            ? $"{name} = 'forgotten:' || left(ops.identifier_hash({name}_identity, {name}), 32), raw = '(forgotten)', found = NULL"
            : place == 0
                ? FormattableString.Invariant($"fault = {Mapping.Checks.Check.Forgotten.Number}, raw = '(forgotten)', found = NULL")
                : $"{MappedColumn.NameOf(place, fill.Target.Columns[0])} = NULL, raw = '(forgotten)', found = NULL";
}
