using Warehouse.Etl.Feeds;
using Warehouse.Etl.Mapping;
using Warehouse.Etl.Mapping.Checks;
using Warehouse.Store;

namespace Warehouse.Etl.Quality;

/// <summary>Rejects the rows of a load that are equal to an earlier one in every column, where the feed says so.</summary>
internal static class DuplicateRows
{
    /// <summary>Goes over the rows of <c>temp.mapped</c>. Those that may repeat another have been kept as they were read.</summary>
    public static async Task RejectAsync(Publication publication, Feed feed, CancellationToken cancellationToken)
    {
        if (feed.RejectsDuplicates)
        {
            await publication.Connection.ExecuteAsync(
                $"""
                UPDATE temp.mapped SET fault = $fault
                WHERE mapped_row IN (
                    SELECT mapped_row
                    FROM temp.mapped
                    SEMI JOIN (SELECT {MappedTable.HashColumns} FROM temp.mapped WHERE fault = 0 AND raw IS NOT NULL) AS perhaps USING ({MappedTable.HashColumns})
                    WHERE fault = 0
                    QUALIFY row_number() OVER (PARTITION BY {MappedTable.HashColumns} ORDER BY mapped_row) > 1)
                """,
                cancellationToken,
                ("fault", Check.Duplicate.Number));
        }
    }
}
