using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>The identifiers of customers that people name: <c>source:id</c>, or the identifier alone where only one source uses it.</summary>
internal sealed class DecisionLabels(DbConnection connection)
{
    /// <summary>Those that were found, as <c>source:id</c>, each once.</summary>
    public IReadOnlyList<string> Texts { get; private set; } = [];

    /// <summary>Finds what people name.</summary>
    /// <exception cref="WrongCommandException">An identifier is not known, or several sources use it.</exception>
    public async Task FindAsync(IReadOnlyList<string> identifiers, CancellationToken cancellationToken)
    {
        var labels = new List<string>();
        foreach (var identifier in identifiers)
        {
            labels.Add(await FindAsync(identifier, cancellationToken));
        }

        Texts = [.. labels.Distinct()];
    }

    /// <summary>Finds one.</summary>
    /// <inheritdoc cref="FindAsync(IReadOnlyList{string}, CancellationToken)"/>
    public async Task<string> FindAsync(string identifier, CancellationToken cancellationToken)
    {
        var found = await connection.RowsAsync(
            """
            SELECT source || ':' || source_id AS label
            FROM star.customer_identity
            WHERE source_id = $identifier OR (source_id = $rest AND source = $source)
            ORDER BY label <> $identifier, label
            """,
            row => row.GetString(0),
            cancellationToken,
            ("identifier", identifier),
            ("source", identifier.Split(':')[0]),
            ("rest", identifier[(identifier.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        return found switch
        {
            [] => throw new WrongCommandException($"No source names a customer \"{identifier}\". An identifier is its source and itself, such as crm:C17."),
            [var one] => one,
            [var exact, ..] when exact == identifier => exact,
            _ => throw new WrongCommandException($"Several sources use \"{identifier}\": say which is meant, {string.Join(" or ", found.Take(5))}."),
        };
    }

    /// <summary>Requires that the warehouse is now as a decision says.</summary>
    /// <exception cref="UserFaultException">Other decisions stand against it.</exception>
    public async Task RequireAsync(IdentityDecision decision, IReadOnlyList<IdentityDecision> decisions, CancellationToken cancellationToken)
    {
        var persons = (await PersonsAsync(decision.Labels, cancellationToken)).ToDictionary(pair => pair.Identifier, pair => pair.CustomerKey);
        var isSo = decision.Labels.Select(label => persons[label]).Distinct().Count() == (decision.AreSame ? 1 : decision.Labels.Count);
        if (isSo)
        {
            return;
        }

        var against = decisions.Where(other => !other.AreSame && other.Labels.Where(persons.ContainsKey).Select(label => persons[label]).Distinct().Count() > 1);
        throw new UserFaultException(
            $"{string.Join(" and ", decision.Labels)} cannot be one person: it was decided that {string.Join("; ", against.Select(other => other.Words))}. Take that back first ('warehouse customer undo …'). Nothing was changed.");
    }

    /// <summary>All identifiers of the persons whom some identifiers name, each with its person.</summary>
    public async Task<IReadOnlyList<(string Identifier, int CustomerKey)>> PersonsAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken) =>
        await connection.RowsAsync(
            """
            SELECT source || ':' || source_id AS label, customer_key
            FROM star.customer_identity
            WHERE customer_key IN (SELECT customer_key FROM star.customer_identity WHERE source || ':' || source_id IN (SELECT unnest($labels)))
            ORDER BY customer_key, label
            """,
            row => (row.GetString(0), row.GetInt32(1)),
            cancellationToken,
            ("labels", labels.ToList()));
}
