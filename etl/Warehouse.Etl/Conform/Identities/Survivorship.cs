using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>Says in <c>star.survivorship</c> whose word holds, from which the versions of customers are derived.</summary>
internal sealed class Survivorship(DbConnection connection, IReadOnlyList<Survivor> survivors)
{
    private const string Rows = "SELECT attribute, rule, source, place FROM star.survivorship ORDER BY attribute, place";

    /// <summary>Writes it; where it was something else before, all persons of whom several sources speak are derived anew.</summary>
    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var rows = survivors.SelectMany(survivor => survivor.Rule == SurvivorRule.Complete
                ? [(survivor.Attribute, Rule: "complete", Source: null, Place: (int?)null)]
                : survivor.Sources.Select((source, place) => (survivor.Attribute, Rule: "sources", Source: (string?)source, Place: (int?)place)))
            .OrderBy(row => row.Attribute, StringComparer.Ordinal).ThenBy(row => row.Place).ToArray();
        var before = await connection.RowsAsync(
            Rows, row => (row.GetString(0), row.GetString(1), row.TextOrNull(2), row.ValueOrNull<int>(3)), cancellationToken);
        if (before.SequenceEqual(rows))
        {
            return;
        }

        await connection.ExecuteAsync("DELETE FROM star.survivorship", cancellationToken);
        foreach (var row in rows)
        {
            await connection.ExecuteAsync(
                "INSERT INTO star.survivorship VALUES ($attribute, $rule, $source, $place)",
                cancellationToken,
                ("attribute", row.Attribute),
                ("rule", row.Rule),
                ("source", row.Source),
                ("place", row.Place));
        }

        foreach (var step in new[] { "Conform/Identities/persons_of_several.sql", "Conform/customer_version.sql", "Conform/customer_of_facts.sql", "Conform/customer_contact.sql" })
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(Survivorship), step), cancellationToken);
        }
    }
}
