using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>
/// Resolves persons from all that sources ever said of them, by the workspace's rules and decisions. The result does not
/// depend on the order in which the sources arrived; what a rule or decision joined comes apart when it is gone. Only those
/// are looked at of whom this load says something new, and whom they could be one with by any number of steps: for all
/// others nothing can have changed. When rules change, everybody is.
/// </summary>
internal sealed class IdentityResolution(Publication publication, IdentityDefinition definition)
{
    private DbConnection Connection => publication.Connection;

    /// <summary>Whether the definition is another than that of the last resolution.</summary>
    public async Task<bool> IsChangedAsync(CancellationToken cancellationToken) =>
        await HasOtherRulesAsync(cancellationToken) || (await DecisionBook.ReadAsync(Connection, definition.Decisions, cancellationToken)).IsChanged;

    /// <summary>Resolves the persons whom this load concerns.</summary>
    /// <param name="endedBy">Who took back the decisions that are gone; null where it is not known.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task RunAsync(string? endedBy, CancellationToken cancellationToken)
    {
        var hasOtherRules = await HasOtherRulesAsync(cancellationToken);
        var book = await DecisionBook.ReadAsync(Connection, definition.Decisions, cancellationToken);
        if (!hasOtherRules && definition.Rules.Count == 0 && book.IsEmpty)
        {
            return;
        }

        await PrepareAsync(book, hasOtherRules, cancellationToken);
        var wanted = await Connection.ScalarAsync<long>("SELECT count(*) FROM temp.identity_wanted", cancellationToken);
        if (wanted > 0 || hasOtherRules)
        {
            var links = await JoinAsync(book, cancellationToken);
            var moved = await MoveAsync(cancellationToken);
            await new Survivorship(Connection, definition.Survivors).ApplyAsync(cancellationToken);
            await Connection.ExecuteAsync(
                "INSERT INTO ops.identity_run (generation, definition_hash, links, identities_moved) VALUES ($generation, $hash, $links, $moved)",
                cancellationToken,
                ("generation", publication.Number),
                ("hash", definition.Hash),
                ("links", links),
                ("moved", moved));
        }

        await book.RecordAsync(publication, endedBy, cancellationToken);
    }

    private async Task<bool> HasOtherRulesAsync(CancellationToken cancellationToken)
    {
        var last = await Connection.RowsAsync(
            "SELECT definition_hash FROM ops.identity_run ORDER BY generation DESC LIMIT 1", row => row.GetString(0), cancellationToken);
        return last.Count == 0 ? definition.Rules.Count + definition.Survivors.Count > 0 : last[0] != definition.Hash;
    }

    /// <summary>Finds whom the load concerns (<c>temp.identity_wanted</c>), and the values by which they can be matched.</summary>
    private async Task PrepareAsync(DecisionBook book, bool isForAll, CancellationToken cancellationToken)
    {
        await Connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE identity_context AS SELECT CAST($generation AS INTEGER) AS generation, $known_at AS known_at",
            cancellationToken,
            ("generation", publication.Number),
            ("known_at", publication.StartedAt));
        await Connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE identity_rule AS SELECT CAST(unnest($rules) AS SMALLINT) AS rule, unnest($at_most) AS at_most",
            cancellationToken,
            ("rules", Enumerable.Range(0, definition.Rules.Count).ToList()),
            ("at_most", definition.Rules.Select(rule => rule.AtMost).ToList()));
        await book.FindAsync(Connection, cancellationToken);
        await ExecuteAsync("Conform/Identities/identity_node.sql", cancellationToken);
        await new IdentityReach(Connection, definition.Rules).FindAsync(book, isForAll, cancellationToken);
    }

    /// <summary>Joins persons by decisions and rules, keeps the links, and gives their number.</summary>
    private async Task<long> JoinAsync(DecisionBook book, CancellationToken cancellationToken)
    {
        var groups = new IdentityGroups();
        var links = new List<IdentityLink>();
        var decisions = await book.WantedAsync(Connection, cancellationToken);
        foreach (var (_, nodes) in decisions.Where(decided => !decided.Decision.AreSame))
        {
            foreach (var (place, node) in nodes.Index())
            {
                nodes.Skip(place + 1).ToList().ForEach(other => groups.Part(node.Node, other.Node));
            }
        }

        foreach (var (decision, nodes) in decisions.Where(decided => decided.Decision.AreSame))
        {
            Join(groups, links, [.. nodes.Skip(1).Select(other => new IdentityLink(
                nodes[0].Node, other.Node, nodes[0].Identity, other.Identity, "decided: " + decision.Because, $"{nodes[0].Label} {other.Label}", IsRefused: false))]);
        }

        foreach (var (place, rule) in definition.Rules.Index())
        {
            var sql = new IdentityRuleSql(rule, place);
            var text = sql.Pairs();
            Join(groups, links, await Connection.RowsAsync(
                text,
                row => new IdentityLink(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), rule.Name, row.GetString(4), row.GetBoolean(5)),
                cancellationToken,
                sql.Values));
        }

        await WriteAsync(groups, links, cancellationToken);
        return links.Count;
    }

    private static void Join(IdentityGroups groups, List<IdentityLink> links, IReadOnlyList<IdentityLink> found)
    {
        foreach (var refused in found.Where(link => link.IsRefused))
        {
            groups.Part(refused.Node, refused.OtherNode);
        }

        links.AddRange(found.Where(link => !link.IsRefused && groups.Join(link.Node, link.OtherNode)));
    }

    private async Task WriteAsync(IdentityGroups groups, List<IdentityLink> links, CancellationToken cancellationToken)
    {
        var joined = groups.Joined.ToArray();
        await Connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE identity_person AS SELECT unnest($nodes) AS node_key, unnest($persons) AS customer_key",
            cancellationToken,
            ("nodes", joined.Select(pair => pair.Node).ToList()),
            ("persons", joined.Select(pair => pair.Person).ToList()));
        await Connection.ExecuteAsync(
            """
            CREATE OR REPLACE TEMP TABLE identity_linked AS
            SELECT unnest($identities) AS identity_key, unnest($others) AS other_identity_key, unnest($rules) AS rule, unnest($matched) AS matched
            """,
            cancellationToken,
            ("identities", links.Select(link => link.Identity).ToList()),
            ("others", links.Select(link => link.OtherIdentity).ToList()),
            ("rules", links.Select(link => link.Rule).ToList()),
            ("matched", links.Select(link => link.Matched).ToList()));
        await ExecuteAsync("Conform/Identities/identity_link.sql", cancellationToken);
    }

    /// <summary>Gives the identifiers their persons, with all that follows from it, and says how many had another one before.</summary>
    private async Task<long> MoveAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("Conform/Identities/identity_moved.sql", cancellationToken);
        var moved = await Connection.ScalarAsync<long>("SELECT count(*) FROM temp.identity_moved", cancellationToken);
        if (moved > 0)
        {
            await ExecuteAsync("Conform/Identities/identity_move.sql", cancellationToken);
            await ExecuteAsync("Conform/customer_version.sql", cancellationToken);
            await ExecuteAsync("Conform/Identities/identity_moved_persons.sql", cancellationToken);
            await ExecuteAsync("Conform/customer_of_facts.sql", cancellationToken);
            await ExecuteAsync("Conform/customer_contact.sql", cancellationToken);
        }

        return moved;
    }

    private Task<int> ExecuteAsync(string path, CancellationToken cancellationToken) =>
        Connection.ExecuteAsync(SqlFile.Read(typeof(IdentityResolution), path), cancellationToken);
}
