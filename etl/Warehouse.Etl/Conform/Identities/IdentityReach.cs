using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>
/// Finds whom a load concerns: <c>temp.identity_wanted</c>. These are the identifiers of which it says something new, and all
/// that hang together with them by a shared value, a decision, or from the start.
/// </summary>
internal sealed class IdentityReach(DbConnection connection, IReadOnlyList<IdentityRule> rules)
{
    /// <summary>Finds them, with their values in <c>temp.identity_value</c>.</summary>
    /// <param name="book">The decisions.</param>
    /// <param name="isForAll">Whether everybody is to be looked at anew.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task FindAsync(DecisionBook book, bool isForAll, CancellationToken cancellationToken)
    {
        if (isForAll)
        {
            await connection.ExecuteAsync(
                """
                DELETE FROM star.identity_match;
                CREATE OR REPLACE TEMP TABLE identity_wanted AS SELECT identity_key FROM star.customer_identity;
                CREATE OR REPLACE TEMP TABLE identity_common (rule SMALLINT, match_key UBIGINT)
                """,
                cancellationToken);
            await KeepValuesAsync(cancellationToken);
            return;
        }

        await ExecuteAsync("Conform/Identities/identity_changed.sql", cancellationToken);
        await book.WantAsync(connection, cancellationToken);
        await KeepValuesAsync(cancellationToken);
        await connection.ExecuteAsync("CREATE OR REPLACE TEMP TABLE identity_frontier AS SELECT identity_key FROM temp.identity_wanted", cancellationToken);
        while (await connection.ScalarAsync<long>("SELECT count(*) FROM temp.identity_frontier", cancellationToken) > 0)
        {
            await ExecuteAsync("Conform/Identities/identity_reach.sql", cancellationToken);
        }

        await ExecuteAsync("Conform/Identities/identity_common.sql", cancellationToken);
        await ExecuteAsync("Conform/Identities/identity_value.sql", cancellationToken);
    }

    private async Task KeepValuesAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("Conform/Identities/identity_value.sql", cancellationToken);
        foreach (var (place, rule) in rules.Index())
        {
            var sql = new IdentityRuleSql(rule, place);
            var text = sql.Keep();
            await connection.ExecuteAsync(text, cancellationToken, sql.Values);
        }
    }

    private Task<int> ExecuteAsync(string path, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(SqlFile.Read(typeof(IdentityReach), path), cancellationToken);
}
