namespace Warehouse.Etl.Quality.Audits;

/// <summary>What an audit looks for. Rules about a column look at the rows that the load brought, the others at the whole table.</summary>
internal abstract record AuditRule
{
    private AuditRule()
    {
    }

    /// <summary>The column must have a value.</summary>
    public sealed record Required(string Column) : AuditRule;

    /// <summary>The column's numbers must lie within bounds, both inclusive; null is no bound.</summary>
    public sealed record Range(string Column, decimal? Least, decimal? Most) : AuditRule;

    /// <summary>The column's values must be among these.</summary>
    public sealed record OneOf(string Column, IReadOnlyList<string> Values) : AuditRule;

    /// <summary>The column's texts must say a value of a kind.</summary>
    public sealed record Type(string Column, TextKind Kind) : AuditRule;

    /// <summary>The column's texts must match a regular expression as a whole.</summary>
    public sealed record Pattern(string Column, string Expression) : AuditRule;

    /// <summary>No two rows of the table may have the same values here.</summary>
    public sealed record Unique(IReadOnlyList<string> Columns) : AuditRule;

    /// <summary>Each value of the column must stand in another table's column.</summary>
    public sealed record Reference(string Column, string ToTable, string ToColumn) : AuditRule;

    /// <summary>
    /// What the load brought must be a usual share of what the loads before it brought: rows, or the sum of a column. A row that
    /// is corrected later counts once, for the load that told it first and as it was told then.
    /// </summary>
    /// <param name="Column">The column that is added up; null counts rows.</param>
    /// <param name="Least">The least share of the mean, 1 being the mean.</param>
    /// <param name="Most">The greatest share of the mean.</param>
    /// <param name="Last">How many loads make the mean.</param>
    public sealed record Band(string? Column, decimal Least, decimal Most, int Last) : AuditRule;

    /// <summary>The latest value of the column may not be older than so many days.</summary>
    public sealed record Fresh(string Column, int Days) : AuditRule;

    /// <summary>A SELECT of offenders: any row is one.</summary>
    public sealed record Select(string Sql) : AuditRule;
}

/// <summary>What a text can say.</summary>
internal enum TextKind
{
    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A date in ISO 8601.</summary>
    Date,

    /// <summary>A date and time in ISO 8601.</summary>
    Instant,

    /// <summary>true or false.</summary>
    Flag,
}
