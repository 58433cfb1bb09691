namespace Warehouse.SampleData;

/// <summary>What was written: the control totals to hold a loader to. Also in <c>truth/control_totals.json</c>.</summary>
public sealed record RetailTotals
{
    /// <summary>The options that made the data.</summary>
    public required RetailOptions Options { get; init; }

    /// <summary>One for each data file, in the order of their names.</summary>
    public required IReadOnlyList<FileTotals> Files { get; init; }

    /// <summary>Over all order files. Customers are counted once.</summary>
    public required SalesTotals Sales { get; init; }
}

/// <summary>The control totals of one data file, by the reference policy of TRUTH.md.</summary>
public sealed record FileTotals
{
    /// <summary>Relative to the data folder, with slashes.</summary>
    public required string File { get; init; }

    /// <summary>Records after the header, empty lines left out. Each is kept, rejected or a duplicate.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that are loaded.</summary>
    public long Kept => Rows - Rejected - Duplicates;

    /// <summary>Rows that cannot be loaded.</summary>
    public required long Rejected { get; init; }

    /// <summary>Rows equal to one before in the same file.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Of order files; null for others.</summary>
    public SalesTotals? Sales { get; init; }
}

/// <summary>Totals over the order lines that are kept.</summary>
public sealed record SalesTotals
{
    /// <summary>Quantity × unit price − discount of every line with its sign, in pounds; euros by the rate that holds on the
    /// line's date. Exact: four decimals.</summary>
    public required decimal NetGbp { get; init; }

    /// <summary>Distinct order numbers of lines that sell.</summary>
    public required long Orders { get; init; }

    /// <summary>Lines that give goods back.</summary>
    public required long ReturnLines { get; init; }

    /// <summary>Distinct people whose references these lines bear.</summary>
    public required long Customers { get; init; }
}
