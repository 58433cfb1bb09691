using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>Which column of a table fills which of a target: the surest first, each column once.</summary>
/// <param name="Target">The target.</param>
/// <param name="Columns">The source's column of each of the target's that has one.</param>
internal sealed record Assignment(Target Target, IReadOnlyDictionary<string, ColumnEvidence> Columns)
{
    private const double LeastScore = .45;
    private const double LeastShare = .85;
    private const int FewMisfits = 20;

    private const int FewBlanks = 2;

    /// <summary>What is said of a person, and names none.</summary>
    private static readonly string[] NoPerson = ["currency", "amount", "satisfaction", "city", "country", "region", "category", "registered", "language", "gender"];

    public ColumnEvidence? this[string column] => Columns.GetValueOrDefault(column);

    /// <summary>The required columns that nothing fills.</summary>
    public IEnumerable<TargetColumn> Missing => Target.Columns.Where(column => column.IsRequired && !Columns.ContainsKey(column.Name));

    /// <summary>Whether each of these is filled.</summary>
    public bool Has(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (!Columns.ContainsKey(column))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same with one more column, or another.</summary>
    public Assignment With(string column, ColumnEvidence source) => this with
    {
        Columns = new Dictionary<string, ColumnEvidence>(Columns.Where(pair => pair.Value.Name != source.Name), StringComparer.Ordinal) { [column] = source },
    };

    /// <summary>The same with one column less.</summary>
    public Assignment Without(string column) => this with
    {
        Columns = new Dictionary<string, ColumnEvidence>(Columns.Where(pair => pair.Key != column), StringComparer.Ordinal),
    };

    /// <summary>How many of these are filled.</summary>
    public int Count(params string[] columns) => columns.Count(Columns.ContainsKey);

    /// <summary>Assigns a table's columns to a target's.</summary>
    /// <param name="target">The target.</param>
    /// <param name="table">The table.</param>
    /// <param name="least">What is less sure, 0 to 1, does not count.</param>
    public static Assignment Of(Target target, SourceTable table, double least = LeastScore)
    {
        var words = NameTokens.Of(table.Name);
        var pairs =
            from column in target.Columns
            from source in table.Columns
            where source.Filled > 0
            let share = ShareOf(column, source)
            where IsMost(share, source)
            let score = ColumnNames.Score(target, column.Name, source.Tokens, words) * Math.Max(share, LeastShare) * (column.IsRequired ? FilledShare(source) : 1)
            where score >= least
            orderby score descending
            select (column, source);
        var found = new Dictionary<string, ColumnEvidence>(StringComparer.Ordinal);
        foreach (var (column, source) in pairs.ToArray())
        {
            if (!found.ContainsKey(column.Name) && found.Values.All(other => other.Name != source.Name))
            {
                found[column.Name] = source;
            }
        }

        return new Assignment(target, found);
    }

    /// <summary>The share of rows with a value; a line of totals at the end, and the like, lacks what each other has.</summary>
    private static double FilledShare(ColumnEvidence source)
    {
        var blanks = source.Rows - source.Filled;
        return blanks <= FewBlanks && blanks * 5 <= source.Rows ? 1 : (double)source.Filled / source.Rows;
    }

    /// <summary>Whether a share of a column's values tells what it holds: the others are few, and a load rejects them.</summary>
    public static bool IsMost(double share, ColumnEvidence source) =>
        share >= LeastShare || (share > .5 && (1 - share) * source.Filled <= FewMisfits);

    /// <summary>The share of a column's values that a target's can hold; what names something is no number with decimals.</summary>
    private static double ShareOf(TargetColumn column, ColumnEvidence source) => column.Kind switch
    {
        _ when column.Name != "birth_year" && source.Tokens.Contains("birth") => 0,
        _ when column.Name == "birth_year" => Math.Max(source.Numbers, source.Dates),
        ColumnKind.Number => Math.Max(column.Name == "discount_amount" ? source.Percents : 0, Math.Max(source.Numbers, source.Amounts)),
        _ when column.IsKey => source.Wholes > .9 || source.IsUnique ? 1 : 0,
        ColumnKind.Rate or ColumnKind.Whole => source.Numbers,
        ColumnKind.Seconds => Math.Max(source.Numbers, source.TimesOfDay),
        ColumnKind.Date or ColumnKind.Instant => source.Dates,
        ColumnKind.Customer when source.Tokens.Any(NoPerson.Contains) => 0,
        ColumnKind.Flag => source.Flags >= LeastShare ? source.Flags : 0,
        _ => (column.IsRequired || column.Kind == ColumnKind.Customer || column.Name.EndsWith("_id", StringComparison.Ordinal)) && source.Numbers > .9 && source.Wholes + source.PointZeros < .5 ? 0 : 1,
    };
}
