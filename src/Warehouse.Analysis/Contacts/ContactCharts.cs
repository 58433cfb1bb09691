using Warehouse.Charts;

namespace Warehouse.Analysis.Contacts;

/// <summary>Service to customers as a report: the causes of complaints and how well contacts were served.</summary>
public static class ContactCharts
{
    /// <summary>The report.</summary>
    public static Report Of(ContactResult<ContactGroup> result, string by) => new(
        "Contacts and complaints",
        new ReportOrigin(result.AsOf, result.Generation, result.Words, result.Definition),
        [
            new ParetoChart(
                $"Complaints by {by}", by, new Axis("complaints", ValueFormat.Count), [.. result.Rows.Select(row => new ChartPart(row.Name, row.Complaints))])
            {
                Description = "The greatest first; the line is the share of all complaints so far.",
            },
            new BarChart(
                $"Service by {by}",
                by,
                new Axis("share of contacts", ValueFormat.Share),
                [.. result.Rows.Select(row => row.Name)],
                [
                    new BarSeries("answered in time", [.. result.Rows.Select(row => Share(row.AnsweredInTime, row.Contacts))]),
                    new BarSeries("resolved", [.. result.Rows.Select(row => Share(row.Resolved, row.Contacts))]),
                    new BarSeries("resolved at first", [.. result.Rows.Select(row => Share(row.ResolvedAtFirst, row.Contacts))]),
                ])
            {
                IsHorizontal = true,
            },
            ReportPart.Of(
                "Counts",
                new ChartTable(
                    [
                        new(by), new("contacts", ValueFormat.Count), new("complaints", ValueFormat.Count), new("repeats", ValueFormat.Count),
                        new("median waiting, seconds", ValueFormat.Number), new("satisfaction, 1 to 5", ValueFormat.Number), new("who said", ValueFormat.Count),
                    ],
                    [
                        .. result.Rows.Select(row => (IReadOnlyList<object?>)
                            [row.Name, row.Contacts, row.Complaints, row.Repeats, row.MedianWaiting, row.Satisfaction, row.Answers]),
                    ])),
        ],
        result.Notes);

    /// <summary>What became of customers after complaints.</summary>
    public static Report Of(RecoveryResult result) => new(
        "Recovery after complaints",
        new ReportOrigin(result.AsOf, result.Generation, result.Words, result.Definition),
        [
            new BarChart(
                "Who stays",
                "complaint",
                new Axis("part that bought again", ValueFormat.Share),
                [.. result.Groups.Select(group => group.Fate)],
                [new BarSeries("part that bought again", [.. result.Groups.Select(group => (double?)group.Retention)])])
            {
                Description = "As they are, not matched: those who complain are better customers before.",
            },
            ReportPart.Of(
                "Like against like",
                new ChartTable(
                    [
                        new("complaint"), new("against"), new("customers", ValueFormat.Count), new("without their like", ValueFormat.Count),
                        new("stay", ValueFormat.Share), new("from", ValueFormat.Share), new("to", ValueFormat.Share),
                        new("spend", ValueFormat.Money), new("from", ValueFormat.Money), new("to", ValueFormat.Money),
                    ],
                    [
                        .. result.Comparisons.Select(one => (IReadOnlyList<object?>)
                        [
                            one.Fate, one.Against, one.Customers, one.Unmatched, one.Retention.Difference, one.Retention.From, one.Retention.To,
                            one.Amount.Difference, one.Amount.From, one.Amount.To,
                        ]),
                    ])),
        ],
        result.Notes);

    private static double? Share(long part, long whole) => whole > 0 ? (double)part / whole : null;
}
