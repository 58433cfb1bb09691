using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>
/// Resolves persons anew from all that sources ever said of them, by the workspace's rules and decisions. The result does not
/// depend on the order in which the sources arrived; what a rule or decision joined comes apart when it is gone.
/// </summary>
internal sealed class IdentityResolution(Publication publication, IdentityDefinition definition)
{
    private DbConnection Connection => publication.Connection;

    /// <summary>Whether the definition is another than that of the last resolution.</summary>
    public async Task<bool> IsChangedAsync(CancellationToken cancellationToken)
    {
        var last = await Connection.RowsAsync(
            "SELECT definition_hash FROM ops.identity_run ORDER BY generation DESC LIMIT 1", row => row.GetString(0), cancellationToken);
        return last.Count == 0 ? definition.Rules.Count + definition.Decisions.Count > 0 : last[0] != definition.Hash;
    }

    /// <summary>Resolves all persons; without rules and decisions, and without any that were, there is nothing to do.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (definition.Rules.Count + definition.Decisions.Count == 0 && !await IsChangedAsync(cancellationToken))
        {
            return;
        }

        await SetApartAsync(cancellationToken);
        await ExecuteAsync("Conform/Identities/identity_value.sql", cancellationToken);
        var groups = new IdentityGroups();
        foreach (var (node, other) in await DifferentAsync(cancellationToken))
        {
            groups.Part(node, other);
        }

        var links = new List<IdentityLink>();
        foreach (var decision in definition.Decisions.Where(decision => decision.AreSame))
        {
            Join(groups, links, await DecidedAsync(decision, cancellationToken));
        }

        foreach (var rule in definition.Rules)
        {
            Join(groups, links, await MatchedAsync(rule, cancellationToken));
        }

        await WriteAsync(groups, links, cancellationToken);
    }

    private static void Join(IdentityGroups groups, List<IdentityLink> links, IReadOnlyList<IdentityLink> found)
    {
        foreach (var refused in found.Where(link => link.IsRefused))
        {
            groups.Part(refused.Node, refused.OtherNode);
        }

        links.AddRange(found.Where(link => !link.IsRefused && groups.Join(link.Node, link.OtherNode)));
    }

    /// <summary>Gives a person of its own to each identifier that was one with another from the start, and was decided to be different.</summary>
    private async Task SetApartAsync(CancellationToken cancellationToken)
    {
        await Connection.ExecuteAsync("CREATE OR REPLACE TEMP TABLE identity_apart (identity_key INTEGER)", cancellationToken);
        foreach (var decision in definition.Decisions.Where(decision => !decision.AreSame))
        {
            await Connection.ExecuteAsync(
                """
                INSERT INTO temp.identity_apart
                SELECT identity_key FROM star.customer_identity
                WHERE source || ':' || source_id IN (SELECT unnest($labels)) AND identity_key NOT IN (SELECT identity_key FROM temp.identity_apart)
                QUALIFY row_number() OVER (PARTITION BY home_key ORDER BY identity_key) > 1
                """,
                cancellationToken,
                ("labels", decision.Labels.ToList()));
        }

        await Connection.ExecuteAsync(
            """
            UPDATE star.customer_identity AS identity SET split_key = fresh.split_key
            FROM (
                SELECT identity_key, (SELECT greatest(max(customer_key), max(home_key), max(split_key)) FROM star.customer_identity) + row_number() OVER (ORDER BY identity_key) AS split_key
                FROM star.customer_identity
                WHERE split_key IS NULL AND identity_key IN (SELECT identity_key FROM temp.identity_apart)
            ) AS fresh
            WHERE identity.identity_key = fresh.identity_key
            """,
            cancellationToken);
    }

    private async Task<List<(int Node, int Identity, string Label)>> NodesAsync(IdentityDecision decision, CancellationToken cancellationToken)
    {
        return await Connection.RowsAsync(
            "SELECT node_key, identity_key, label FROM temp.identity_node WHERE label IN (SELECT unnest($labels)) ORDER BY label",
            row => (Node: row.GetInt32(0), Identity: row.GetInt32(1), Label: row.GetString(2)),
            cancellationToken,
            ("labels", decision.Labels.ToList()));
    }

    private async Task<List<(int Node, int OtherNode)>> DifferentAsync(CancellationToken cancellationToken)
    {
        var pairs = new List<(int Node, int OtherNode)>();
        foreach (var decision in definition.Decisions.Where(decision => !decision.AreSame))
        {
            var nodes = await NodesAsync(decision, cancellationToken);
            pairs.AddRange(nodes.SelectMany((node, place) => nodes.Skip(place + 1).Select(other => (node.Node, other.Node))));
        }

        return pairs;
    }

    private async Task<IReadOnlyList<IdentityLink>> DecidedAsync(IdentityDecision decision, CancellationToken cancellationToken)
    {
        var nodes = await NodesAsync(decision, cancellationToken);
        return
        [
            .. nodes.Skip(1).Select(other => new IdentityLink(
                nodes[0].Node, other.Node, nodes[0].Identity, other.Identity, "decided: " + decision.Because, $"{nodes[0].Label} {other.Label}", IsRefused: false)),
        ];
    }

    private Task<List<IdentityLink>> MatchedAsync(IdentityRule rule, CancellationToken cancellationToken)
    {
        var sql = IdentityRuleSql.Of(rule);
        return Connection.RowsAsync(
            sql.Text,
            row => new IdentityLink(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), rule.Name, row.GetString(4), row.GetBoolean(5)),
            cancellationToken,
            sql.Values);
    }

    private async Task WriteAsync(IdentityGroups groups, List<IdentityLink> links, CancellationToken cancellationToken)
    {
        var joined = groups.Joined.ToArray();
        await Connection.ExecuteAsync("CREATE OR REPLACE TEMP TABLE identity_person (node_key INTEGER, customer_key INTEGER)", cancellationToken);
        await Connection.ExecuteAsync(
            "INSERT INTO temp.identity_person SELECT unnest($nodes), unnest($persons)",
            cancellationToken,
            ("nodes", joined.Select(pair => pair.Node).ToList()),
            ("persons", joined.Select(pair => pair.Person).ToList()));
        await Connection.ExecuteAsync("DELETE FROM star.identity_link", cancellationToken);
        await Connection.ExecuteAsync(
            """
            INSERT INTO star.identity_link (identity_key, other_identity_key, rule, matched, generation)
            SELECT unnest($identities), unnest($others), unnest($rules), unnest($matched), $generation
            """,
            cancellationToken,
            ("identities", links.Select(link => link.Identity).ToList()),
            ("others", links.Select(link => link.OtherIdentity).ToList()),
            ("rules", links.Select(link => link.Rule).ToList()),
            ("matched", links.Select(link => link.Matched).ToList()),
            ("generation", publication.Number));
        await ExecuteAsync("Conform/Identities/identity_move.sql", cancellationToken);
        var moved = await Connection.ScalarAsync<long>("SELECT count(*) FROM temp.identity_moved", cancellationToken);
        if (moved > 0)
        {
            await ExecuteAsync("Conform/customer_version.sql", cancellationToken);
            await ExecuteAsync("Conform/Identities/identity_moved_persons.sql", cancellationToken);
            await ExecuteAsync("Conform/customer_of_facts.sql", cancellationToken);
            await ExecuteAsync("Conform/customer_contact.sql", cancellationToken);
        }

        await Connection.ExecuteAsync(
            "INSERT INTO ops.identity_run (generation, definition_hash, links, identities_moved) VALUES ($generation, $hash, $links, $moved)",
            cancellationToken,
            ("generation", publication.Number),
            ("hash", definition.Hash),
            ("links", (long)links.Count),
            ("moved", moved));
    }

    private Task<int> ExecuteAsync(string path, CancellationToken cancellationToken) =>
        Connection.ExecuteAsync(SqlFile.Read(typeof(IdentityResolution), path), cancellationToken);
}
