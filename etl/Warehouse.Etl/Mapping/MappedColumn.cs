using Warehouse.Etl.Feeds;
using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Mapping;

/// <summary>A column of a target as it stands in <c>temp.mapped</c>.</summary>
/// <param name="Mapping">How it is filled.</param>
/// <param name="Name">Its name in the table.</param>
/// <param name="Text">The name of its cleaned text while a row is read.</param>
/// <param name="PartKey">
/// For what a row fills beside the feed's own target: the column that identifies it. A row where it is NULL says nothing of it.
/// </param>
/// <param name="Place">The place among the feed's targets of the one that it fills.</param>
/// <param name="Zone">The zone of instants without an offset.</param>
internal sealed record MappedColumn(ColumnMapping Mapping, string Name, string Text, string? PartKey, int Place, string Zone)
{
    /// <summary>Whether the date of the instant is the row's business date.</summary>
    public bool IsBusinessDate => Mapping.Column is { Kind: ColumnKind.Instant, IsRequired: true };

    /// <summary>The name of the business date.</summary>
    public string DateName => Name + "_date";

    /// <summary>The names in the table.</summary>
    public IEnumerable<string> Names => Parts(Mapping.Column).Select(part => Name + part.Suffix);

    /// <summary>The columns as the table declares them.</summary>
    public IEnumerable<string> Declarations => Parts(Mapping.Column).Select(part => $"{Name}{part.Suffix} {part.Type}");

    /// <summary>The columns as a target's SQL names them.</summary>
    public IEnumerable<string> Selections => Parts(Mapping.Column).Select(part => $"{Name}{part.Suffix} AS {Mapping.Column.Name}{part.Suffix}");

    /// <summary>What stands for a column that the feed does not fill.</summary>
    public static IEnumerable<string> Nothing(TargetColumn column) =>
        Parts(column).Select(part => $"CAST(NULL AS {part.Type}) AS {column.Name}{part.Suffix}");

    /// <summary>The cleaned text of each source. Each is computed once, under a name of its own.</summary>
    public IEnumerable<string> Sources(SqlText sql, IReadOnlyList<string> header) =>
        Mapping.Sources.Select((source, number) =>
            $"{ValueSql.Cleaned(sql, MappedRows.TrimmedOf(source, header), source)} AS {SourceName(number)}");

    /// <summary>The text of the first source that has one and, for identifiers, its name space.</summary>
    public IEnumerable<string> Texts(SqlText sql)
    {
        if (Mapping.Constant is { } constant)
        {
            yield return $"{sql.Value(constant)} AS {Text}";
            yield break;
        }

        var names = Enumerable.Range(0, Mapping.Sources.Count).Select(SourceName).ToArray();
        yield return $"coalesce({string.Join(", ", names)}) AS {Text}";
        if (Mapping.Column.Kind == ColumnKind.Customer)
        {
            var cases = names.Zip(Mapping.Sources, (name, source) => $"WHEN {name} IS NOT NULL THEN {sql.Value(source.Identity!)}");
            yield return $"CASE {string.Join(' ', cases)} END AS {Name}_identity";
        }
    }

    /// <summary>The value and, for a business instant, its date.</summary>
    public IEnumerable<string> Values(SqlText sql, FeedSource source, string businessZone)
    {
        var value = ValueSql.Typed(sql, Text, Mapping, source, Zone);
        yield return $"{value} AS {Name}";
        if (IsBusinessDate)
        {
            yield return $"{ValueSql.BusinessDate(sql, Text, value, Mapping, Zone, businessZone)} AS {DateName}";
        }
    }

    private string SourceName(int number) => FormattableString.Invariant($"{Text}_{number}");

    private static IEnumerable<(string Suffix, string Type)> Parts(TargetColumn column)
    {
        yield return ("", ValueSql.TypeOf(column.Kind));
        switch (column)
        {
            case { Kind: ColumnKind.Customer }:
                yield return ("_identity", "VARCHAR");
                break;
            case { Kind: ColumnKind.Instant, IsRequired: true }:
                yield return ("_date", "DATE");
                break;
        }
    }
}
