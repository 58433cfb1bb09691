using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>The decisions of a definition beside those that the warehouse has in force, and the identifiers that they name.</summary>
internal sealed class DecisionBook
{
    private readonly IReadOnlyList<IdentityDecision> _decisions;
    private readonly IReadOnlyList<IdentityDecision> _new;
    private readonly IReadOnlyList<IdentityDecision> _ended;

    private DecisionBook(IReadOnlyList<IdentityDecision> decisions, IReadOnlyList<IdentityDecision> inForce)
    {
        _decisions = decisions;
        _new = [.. decisions.Where(decision => !inForce.Any(other => AreEqual(decision, other)))];
        _ended = [.. inForce.Where(decision => !decisions.Any(other => AreEqual(decision, other)))];
    }

    /// <summary>Whether the definition has decisions that are not in force, or not those that are.</summary>
    public bool IsChanged => _new.Count + _ended.Count > 0;

    /// <summary>Whether there is any decision, or was one until now.</summary>
    public bool IsEmpty => _decisions.Count + _ended.Count == 0;

    public static async Task<DecisionBook> ReadAsync(
        DbConnection connection, IReadOnlyList<IdentityDecision> decisions, CancellationToken cancellationToken) => new(
        decisions,
        await connection.RowsAsync(
            "SELECT is_same, identifiers, because, decided_by, decided_at FROM star.identity_decision WHERE ended_generation IS NULL",
            row => new IdentityDecision(row.GetBoolean(0), row.GetFieldValue<List<string>>(1), row.GetString(2), row.TextOrNull(3), row.ValueOrNull<DateTimeOffset>(4)),
            cancellationToken));

    /// <summary>
    /// Finds the identifiers that decisions name, those of ended ones too: <c>temp.identity_decided</c>; and those that are
    /// set apart from whom they were one with from the start: <c>temp.identity_apart</c>.
    /// </summary>
    public async Task FindAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var named = _decisions.Concat(_ended).SelectMany((decision, number) => decision.Labels.Select(label => (Number: number, Label: label))).ToArray();
        await connection.ExecuteAsync(
            """
            CREATE OR REPLACE TEMP TABLE identity_decided AS
            SELECT said.decision, identity.identity_key, identity.home_key
            FROM (SELECT unnest($decisions) AS decision, unnest($sources) AS source, unnest($ids) AS source_id) AS said
            JOIN star.customer_identity AS identity USING (source, source_id)
            """,
            cancellationToken,
            ("decisions", named.Select(pair => pair.Number).ToList()),
            ("sources", named.Select(pair => pair.Label[..pair.Label.IndexOf(':', StringComparison.Ordinal)]).ToList()),
            ("ids", named.Select(pair => pair.Label[(pair.Label.IndexOf(':', StringComparison.Ordinal) + 1)..]).ToList()));
        await SetApartAsync(connection, cancellationToken);
    }

    /// <summary>Adds the identifiers that are named by decisions which are new, or hold no more, to <c>temp.identity_wanted</c>.</summary>
    public Task WantAsync(DbConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(
        """
        INSERT INTO temp.identity_wanted
        SELECT DISTINCT identity_key FROM temp.identity_decided SEMI JOIN (SELECT unnest($decisions) AS decision) USING (decision)
        WHERE identity_key NOT IN (SELECT identity_key FROM temp.identity_wanted)
        """,
        cancellationToken,
        ("decisions", _decisions.Index().Where(pair => _new.Contains(pair.Item)).Select(pair => pair.Index)
            .Concat(Enumerable.Range(_decisions.Count, _ended.Count)).ToList()));

    /// <summary>The decisions that name any of those in <c>temp.identity_wanted</c>, in their order, with the persons that their identifiers stand for.</summary>
    public async Task<IReadOnlyList<(IdentityDecision Decision, IReadOnlyList<DecidedNode> Nodes)>> WantedAsync(
        DbConnection connection, CancellationToken cancellationToken)
    {
        var nodes = await connection.RowsAsync(
            """
            SELECT decision, node_key, identity_key, label
            FROM temp.identity_decided
            JOIN temp.identity_node USING (identity_key)
            SEMI JOIN temp.identity_wanted USING (identity_key)
            ORDER BY decision, label
            """,
            row => (Decision: row.GetInt32(0), Node: new DecidedNode(row.GetInt32(1), row.GetInt32(2), row.GetString(3))),
            cancellationToken);
        return
        [
            .. nodes.Where(node => node.Decision < _decisions.Count).GroupBy(node => node.Decision, node => node.Node)
                .Select(group => (_decisions[group.Key], (IReadOnlyList<DecidedNode>)[.. group])),
        ];
    }

    /// <summary>Writes down which decisions hold from this generation on, and which hold no more.</summary>
    public async Task RecordAsync(Publication publication, string? endedBy, CancellationToken cancellationToken)
    {
        foreach (var decision in _ended)
        {
            await publication.Connection.ExecuteAsync(
                """
                UPDATE star.identity_decision SET ended_by = $ended_by, ended_at = $ended_at, ended_generation = $generation
                WHERE ended_generation IS NULL AND is_same = $is_same AND identifiers = $identifiers AND because = $because
                  AND decided_by IS NOT DISTINCT FROM $decided_by AND decided_at IS NOT DISTINCT FROM $decided_at
                """,
                cancellationToken,
                [.. Values(decision), ("ended_by", endedBy), ("ended_at", publication.StartedAt), ("generation", publication.Number)]);
        }

        foreach (var decision in _new)
        {
            await publication.Connection.ExecuteAsync(
                """
                INSERT INTO star.identity_decision (is_same, identifiers, because, decided_by, decided_at, generation)
                VALUES ($is_same, $identifiers, $because, $decided_by, $decided_at, $generation)
                """,
                cancellationToken,
                [.. Values(decision), ("generation", publication.Number)]);
        }
    }

    private static (string Name, object? Value)[] Values(IdentityDecision decision) =>
    [
        ("is_same", decision.AreSame), ("identifiers", decision.Labels.ToList()), ("because", decision.Because),
        ("decided_by", decision.By), ("decided_at", decision.At),
    ];

    private static bool AreEqual(IdentityDecision one, IdentityDecision other) =>
        one.AreSame == other.AreSame && one.Because == other.Because && one.By == other.By && one.At == other.At && one.Labels.SequenceEqual(other.Labels);

    /// <summary>Gives a person of its own to each identifier that was one with another from the start, and was decided to be different.</summary>
    private async Task SetApartAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var decided = (await connection.RowsAsync(
            "SELECT decision, identity_key, home_key FROM temp.identity_decided ORDER BY decision, identity_key",
            row => (Decision: row.GetInt32(0), Identity: row.GetInt32(1), Home: row.GetInt32(2)),
            cancellationToken)).ToLookup(row => row.Decision);
        var apart = new HashSet<int>();
        foreach (var number in _decisions.Index().Where(pair => !pair.Item.AreSame).Select(pair => pair.Index))
        {
            var homes = decided[number].Where(row => !apart.Contains(row.Identity)).GroupBy(row => row.Home, row => row.Identity).ToArray();
            apart.UnionWith(homes.SelectMany(identities => identities.Skip(1)));
        }

        await connection.ExecuteAsync(
            "CREATE OR REPLACE TEMP TABLE identity_apart AS SELECT unnest($identities) AS identity_key", cancellationToken, ("identities", apart.Order().ToList()));
        if (apart.Count > 0)
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(DecisionBook), "Conform/Identities/identity_apart.sql"), cancellationToken);
        }
    }
}

/// <summary>An identifier that a decision names.</summary>
/// <param name="Node">The person that it stands for before any rule is applied.</param>
/// <param name="Identity">Its key.</param>
/// <param name="Label">It, as <c>source:id</c>.</param>
internal sealed record DecidedNode(int Node, int Identity, string Label);
