using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Mapping;

/// <summary>A column of a target as it stands in <c>temp.mapped</c>.</summary>
/// <param name="Mapping">How it is filled.</param>
/// <param name="Place">The place among the feed's targets of the one that it fills.</param>
/// <param name="Number">Its number among all columns of the feed.</param>
/// <param name="Key">
/// For what a row fills beside the feed's own target: the number of the column that identifies it. A row where that has
/// no value says nothing of it.
/// </param>
/// <param name="Zone">The zone of instants without an offset.</param>
internal sealed record MappedColumn(ColumnMapping Mapping, int Place, int Number, int? Key, string Zone)
{
    /// <summary>Its name in the table.</summary>
    public string Name => NameOf(Place, Mapping.Column);

    /// <summary>Whether the date of the instant is the row's business date.</summary>
    public bool IsBusinessDate => IsDated(Mapping.Column);

    /// <summary>The source's column that checks name; null for a constant.</summary>
    public string? Source => Mapping.Sources.Count > 0 ? Mapping.Sources[0].Column : null;

    /// <summary>The columns as the table declares them.</summary>
    public IEnumerable<string> Declarations => Parts(Mapping.Column).Select(part => $"{Name}{part.Suffix} {part.Type}");

    /// <summary>The columns as a target's SQL names them.</summary>
    public IEnumerable<string> Selections => Parts(Mapping.Column).Select(part => $"{Name}{part.Suffix} AS {Mapping.Column.Name}{part.Suffix}");

    /// <summary>The name in the table of a column of a target.</summary>
    public static string NameOf(int place, TargetColumn column) => FormattableString.Invariant($"t{place}_{column.Name}");

    /// <summary>The column of a target that tells parts of a fact apart: of the instant its business date, else itself.</summary>
    public static string PartColumn(TargetColumn column) => IsDated(column) ? column.Name + "_date" : column.Name;

    /// <summary>What stands for a column that the feed does not fill.</summary>
    public static IEnumerable<string> Nothing(TargetColumn column) =>
        Parts(column).Select(part => $"CAST(NULL AS {part.Type}) AS {column.Name}{part.Suffix}");

    /// <summary>The columns of a feed, in the order of its definition.</summary>
    public static IReadOnlyList<MappedColumn> Of(Feed feed, string zone)
    {
        var columns = new List<MappedColumn>();
        foreach (var (place, fill) in feed.Fills.Index())
        {
            var first = columns.Count;
            var key = first + fill.Mappings.ToList().FindIndex(mapping => mapping.Column == fill.Target.Columns[0]);
            columns.AddRange(fill.Mappings.Select((mapping, number) => new MappedColumn(
                mapping, place, first + number, place > 0 ? key : null, mapping.TimeZone ?? feed.Source.TimeZone ?? zone)));
        }

        return columns;
    }

    private static bool IsDated(TargetColumn column) => column is { Kind: ColumnKind.Instant, IsRequired: true };

    private static IEnumerable<(string Suffix, string Type)> Parts(TargetColumn column)
    {
        yield return ("", TypeOf(column.Kind));
        if (column.Kind == ColumnKind.Customer)
        {
            yield return ("_identity", "VARCHAR");
        }
        else if (IsDated(column))
        {
            yield return ("_date", "DATE");
        }
    }

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text or ColumnKind.Customer => "VARCHAR",
        ColumnKind.Number => "DECIMAL(18,4)",
        ColumnKind.Rate => "DECIMAL(18,8)",
        ColumnKind.Whole or ColumnKind.Seconds => "BIGINT",
        ColumnKind.Date => "DATE",
        ColumnKind.Instant => "TIMESTAMPTZ",
        ColumnKind.Flag => "BOOLEAN",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not known."),
    };
}
