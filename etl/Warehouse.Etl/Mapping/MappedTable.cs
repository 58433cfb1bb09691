using Warehouse.Etl.Feeds;
using Warehouse.Etl.Star;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Mapping;

/// <summary>
/// The SQL of the table <c>temp.mapped</c> of a feed: a row for each row of its files in their order, every column that
/// the feed fills with its value, its place among them from 0, and the number of the first check that the row fails (0 where it fails none).
/// </summary>
internal sealed class MappedTable(Feed feed, IReadOnlyList<MappedColumn> columns)
{
    /// <summary>The columns with the two halves of a row's hash, where the feed rejects duplicates.</summary>
    public const string HashColumns = "row_hash_upper, row_hash_lower";

    /// <summary>The statement that makes the empty table.</summary>
    public string Create()
    {
        var declared = columns.SelectMany(column => column.Declarations)
            .Concat(Identifiers().Select(name => $"{name} VARCHAR"))
            .Concat(feed.RejectsDuplicates ? HashColumns.Split(", ").Select(name => $"{name} BIGINT") : []);
        return $"CREATE OR REPLACE TEMP TABLE mapped (mapped_row BIGINT, load_key INTEGER, line BIGINT, fault SMALLINT, found VARCHAR, raw VARCHAR, {string.Join(", ", declared)})";
    }

    /// <summary>The view of the good rows as a target's SQL reads them: every column of the target, NULL where the feed does not fill it.</summary>
    public string View(int place)
    {
        var fill = feed.Fills[place];
        var selected = fill.Target.Columns.SelectMany(column => column.Name == "changed_at" && fill.Replaces.Count > 0 && fill.Fills("changed_at")
            ? [TimeOfPart(fill, place, column)]
            : columns.FirstOrDefault(mapped => mapped.Place == place && mapped.Mapping.Column == column) is { } mapped
                ? mapped.Selections
                : MappedColumn.Nothing(column));
        return $"CREATE OR REPLACE TEMP VIEW mapped_{fill.Target.Name} AS SELECT mapped_row, load_key, line AS source_line, {string.Join(", ", selected)} FROM temp.mapped WHERE fault = 0 AND {MappedColumn.NameOf(place, fill.Target.Columns[0])} IS NOT NULL";
    }

    /// <summary>What is told as a whole is told at one time: the latest of its rows'.</summary>
    private static string TimeOfPart(FeedTarget fill, int place, TargetColumn column)
    {
        var parts = fill.Replaces.SelectMany(name => FactTable.Of(fill.Target)!.Parts[name].Said).Select(name => fill.Target.Find(name)!).Where(part => fill.Find(part) is not null)
            .Select(part => MappedColumn.NameOf(place, part) + MappedColumn.PartColumn(part)[part.Name.Length..]);
        return $"max({MappedColumn.NameOf(place, column)}) OVER (PARTITION BY load_key, {string.Join(", ", parts)}) AS {column.Name}";
    }

    /// <summary>The view of the identifiers that a target's good rows carry, one row each, by the number of their kind.</summary>
    public string IdentifierView(int place)
    {
        var kinds = feed.Fills[place].Identifiers.Select((_, number) => FormattableString.Invariant(
            $"SELECT mapped_row, load_key, line AS source_line, {number} AS number, {IdentifierName(place, number)} AS source_id FROM temp.mapped WHERE fault = 0 AND {IdentifierName(place, number)} IS NOT NULL"));
        return "CREATE OR REPLACE TEMP VIEW mapped_identifier AS "
            + string.Join(
                " UNION ALL ",
                kinds.DefaultIfEmpty("SELECT mapped_row, load_key, line AS source_line, 0 AS number, raw AS source_id FROM temp.mapped WHERE false"));
    }

    private static string IdentifierName(int place, int number) => FormattableString.Invariant($"t{place}_identifier{number}");

    private IEnumerable<string> Identifiers() =>
        feed.Fills.SelectMany((fill, place) => fill.Identifiers.Select((_, number) => IdentifierName(place, number)));
}
