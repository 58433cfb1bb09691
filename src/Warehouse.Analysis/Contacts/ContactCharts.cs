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

    private static double? Share(long part, long whole) => whole > 0 ? (double)part / whole : null;
}
