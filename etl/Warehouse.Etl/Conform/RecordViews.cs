using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Conform;

/// <summary>
/// Parts what a load says of customers or products: <c>temp.mapped_NAME_versions</c> has the attributes whose changes make
/// versions, <c>temp.mapped_NAME_latest</c> those of which the latest value holds in all of them.
/// </summary>
internal static class RecordViews
{
    /// <summary>The statements that make both views; a view is empty where the feed fills no attribute of its kind.</summary>
    public static string Of(FeedTarget fill)
    {
        var key = fill.Target.Columns[0];
        var attributes = fill.Mappings.Where(mapping => mapping.Column != key && mapping.Column.Name != "valid_from").ToLookup(
            mapping => mapping.KeepsHistory ?? fill.KeepsHistory, mapping => mapping.Column.Name);
        var isOnlyNamed = !attributes[true].Any() && !attributes[false].Any();
        return View("versions", attributes[false], attributes[true].Any() || (isOnlyNamed && fill.KeepsHistory))
            + View("latest", attributes[true], attributes[false].Any() || (isOnlyNamed && !fill.KeepsHistory));

        string View(string kind, IEnumerable<string> others, bool hasRows)
        {
            var blanks = string.Join(", ", others.Select(name => $"CASE WHEN false THEN {name} END AS {name}"));
            return $"""
                CREATE OR REPLACE TEMP VIEW mapped_{fill.Target.Name}_{kind} AS
                SELECT *{(blanks.Length == 0 ? "" : $" REPLACE ({blanks})")} FROM temp.mapped_{fill.Target.Name}{(hasRows ? "" : " WHERE false")};

                """;
        }
    }
}
