namespace Warehouse.Charts;

/// <summary>Charts and tables about one thing, and where they come from. <see cref="Html"/> is one file that needs nothing else.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Origin">Where its numbers come from.</param>
/// <param name="Parts">What it shows, in order.</param>
/// <param name="Notes">What a reader should know before using the numbers.</param>
public sealed record Report(string Title, ReportOrigin Origin, IReadOnlyList<ReportPart> Parts, IReadOnlyList<string> Notes)
{
    /// <summary>The report as one HTML document, script and style within.</summary>
    public string Html => new ReportPage(this).ToString();

    /// <summary>The report as one JSON object, for a page that draws its charts itself.</summary>
    public string Display => ReportDisplay.Of(this);
}

/// <summary>Where numbers come from.</summary>
/// <param name="AsOf">The date that they hold for; null where they hold for the generation as a whole.</param>
/// <param name="Generation">The generation of the warehouse.</param>
/// <param name="Population">Whom they are about, and how they were counted, in words.</param>
/// <param name="Definition">The hash of the definition that they were computed by.</param>
public sealed record ReportOrigin(DateOnly? AsOf, int Generation, string Population, string Definition);

/// <summary>A part of a report: a chart with its numbers under it, or numbers alone.</summary>
public sealed record ReportPart
{
    private ReportPart(string title, string? description, Chart? chart, ChartTable table) =>
        (Title, Description, Chart, Table) = (title, description, chart, table);

    internal string Title { get; }

    internal string? Description { get; }

    internal Chart? Chart { get; }

    internal ChartTable Table { get; }

    /// <summary>A chart; its numbers are in the table under it.</summary>
    public static implicit operator ReportPart(Chart chart) => Of(chart);

    /// <summary>A chart; its numbers are in the table under it.</summary>
    public static ReportPart Of(Chart chart) => new(chart.Title, chart.Description, chart, chart.Table);

    /// <summary>Numbers without a chart.</summary>
    public static ReportPart Of(string title, ChartTable table, string? description = null) => new(title, description, null, table);
}
