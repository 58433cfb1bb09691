using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping;
using Warehouse.Etl.Mapping.Checks;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Quality;

/// <summary>Rejects the rows that leave out what the first row about a fact has to say (<see cref="TargetColumn.IsOnlyForFirst"/>) where nothing is known of the fact.</summary>
internal static class FirstRows
{
    /// <summary>Goes over the rows of <c>temp.mapped</c> before any of them is taken.</summary>
    public static async Task RequireAsync(Publication publication, Feed feed, CancellationToken cancellationToken)
    {
        foreach (var (place, fill) in feed.Fills.Index().Where(pair => pair.Item.Accumulates))
        {
            var rows = Rows(fill, place);
            if (await publication.Connection.ScalarAsync<bool>($"SELECT count(*) > 0 FROM ({rows}) WHERE is_lacking", cancellationToken))
            {
                await publication.Connection.ExecuteAsync(
                    $"""
                    UPDATE temp.mapped SET fault = {Check.First.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)}, found = NULL
                    WHERE mapped_row IN (
                        WITH said AS ({rows})
                        SELECT mapped_row FROM said
                        ANTI JOIN ({Known(fill)}) AS known ON known.thing = said.thing
                        ANTI JOIN (SELECT thing FROM said GROUP BY thing HAVING {string.Join(" AND ", Needed(fill).Select(column => $"count({column.Name}) > 0"))}) AS told ON told.thing = said.thing
                        WHERE is_lacking)
                    """,
                    cancellationToken);
            }
        }
    }

    private static IEnumerable<TargetColumn> Needed(FeedTarget fill) => fill.Target.Columns.Where(column => column.IsOnlyForFirst);

    /// <summary>The rows that tell of facts, with what makes a fact the same and what is needed of it.</summary>
    private static string Rows(FeedTarget fill, int place)
    {
        string Value(string name) => fill.Fills(name) ? MappedColumn.NameOf(place, fill.Target.Find(name)!) : "NULL";
        var natural = fill.Target == TargetCatalogue.Contact
            ? $"row({Value("contact_id")})"
            : $"row({Value("campaign")}, coalesce({Value("wave")}, 1), {Value("customer")}_identity, {Value("customer")})";
        return $"""
            SELECT mapped_row, {natural} AS thing, {string.Join(", ", Needed(fill).Select(column => $"{Value(column.Name)} AS {column.Name}"))},
                {string.Join(" OR ", Needed(fill).Select(column => $"{Value(column.Name)} IS NULL"))} AS is_lacking
            FROM temp.mapped
            WHERE fault = 0 AND {Value(fill.Target.Columns[0].Name)} IS NOT NULL {(fill.Fills("is_deleted") ? $"AND NOT coalesce({Value("is_deleted")}, false)" : "")}
            """;
    }

    private static string Known(FeedTarget fill) => $"{Told(fill, "")}\nUNION ALL {Told(fill, "_history")}";

    private static string Told(FeedTarget fill, string past) => fill.Target == TargetCatalogue.Contact
        ? $"SELECT row(contact_id) AS thing FROM star.fact_contact{past}"
        : $"""
            SELECT row(campaign_id, CAST(wave AS BIGINT), source, source_id) AS thing
            FROM star.fact_touch{past} AS touch JOIN star.dim_campaign USING (campaign_key) JOIN star.customer_identity AS identity ON identity.customer_key = touch.customer_key
            """;
}
