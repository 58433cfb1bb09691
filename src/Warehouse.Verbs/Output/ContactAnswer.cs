using Warehouse.Analysis.Contacts;

namespace Warehouse.Verbs.Output;

/// <summary>Service to customers, and open complaints, as tables.</summary>
internal static class ContactAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("name", "VARCHAR"),
        new("contacts", "BIGINT", null, ColumnFormat.Count),
        new("complaints", "BIGINT", null, ColumnFormat.Count),
        new("answer_rate", "DECIMAL(38,6)", "answered", ColumnFormat.Share),
        new("service_level", "DECIMAL(38,6)", "in time", ColumnFormat.Share),
        new("median_waiting", "DOUBLE", "waiting s", ColumnFormat.Number),
        new("resolution_rate", "DECIMAL(38,6)", "resolved", ColumnFormat.Share),
        new("first_contact_resolution", "DECIMAL(38,6)", "at first", ColumnFormat.Share),
        new("repeat_rate", "DECIMAL(38,6)", "repeats", ColumnFormat.Share),
        new("satisfaction", "DOUBLE", null, ColumnFormat.Number) { Show = value => value is double mean ? FormattableString.Invariant($"{mean:0.00}") : "" },
        new("cumulative_complaint_share", "DECIMAL(38,6)", "of complaints so far", ColumnFormat.Share),
    ];

    private static readonly AnswerColumn[] QueueColumns =
    [
        new("contact_id", "VARCHAR"),
        new("customer_id", "VARCHAR"),
        new("topic", "VARCHAR"),
        new("opened_at", "TIMESTAMPTZ", "opened (UTC)"),
        new("tier", "VARCHAR"),
        new("value", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("due_at", "TIMESTAMPTZ", "due (UTC)"),
        new("is_overdue", "BOOLEAN", "overdue"),
    ];

    /// <summary>The groups, those with the most complaints first, so that the last column is the Pareto curve of causes.</summary>
    public static Answer Of(ContactResult<ContactGroup> result)
    {
        var complaints = result.Rows.Sum(group => group.Complaints);
        var soFar = 0L;
        return new Answer(
            result.Generation,
            result.AsOf,
            result.Definition,
            Columns,
            [
                .. result.Rows.OrderByDescending(group => group.Complaints).Select(group => new object?[]
                {
                    group.Name,
                    group.Contacts,
                    group.Complaints,
                    Share(group.Answered, group.Contacts),
                    Share(group.AnsweredInTime, group.Contacts),
                    group.MedianWaiting,
                    Share(group.Resolved, group.Contacts),
                    Share(group.ResolvedAtFirst, group.Contacts),
                    Share(group.Repeats, group.Contacts),
                    group.Satisfaction,
                    Share(soFar += group.Complaints, complaints),
                }),
            ])
        {
            Words = result.Words,
        };
    }

    public static Answer Of(ContactResult<OpenComplaint> result) => new(
        result.Generation,
        result.AsOf,
        result.Definition,
        QueueColumns,
        [
            .. result.Rows.Select(one => new object?[] { one.ContactId, one.CustomerId, one.Topic, one.OpenedAt, one.Tier, one.Value, one.DueAt, one.IsOverdue }),
        ])
    {
        Words = result.Words,
    };

    private static readonly AnswerColumn[] RecoveryColumns =
    [
        new("complaint", "VARCHAR"),
        new("against", "VARCHAR"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("unmatched", "BIGINT", null, ColumnFormat.Count),
        new("retention", "DOUBLE", "stay", ColumnFormat.Share),
        new("retention_from", "DOUBLE", "from", ColumnFormat.Share),
        new("retention_to", "DOUBLE", "to", ColumnFormat.Share),
        new("spend", "DOUBLE", null, ColumnFormat.Money),
        new("spend_from", "DOUBLE", "from", ColumnFormat.Money),
        new("spend_to", "DOUBLE", "to", ColumnFormat.Money),
    ];

    /// <summary>The groups as they are, then the differences of like from like.</summary>
    public static Answer Of(RecoveryResult result) => new(
        result.Generation,
        result.AsOf,
        result.Definition,
        RecoveryColumns,
        [
            .. result.Groups.Select(group => new object?[] { group.Fate, null, group.Customers, null, group.Retention, null, null, group.Spend, null, null }),
            .. result.Comparisons.Select(one => new object?[]
            {
                one.Fate, one.Against, one.Customers, one.Unmatched, one.Retention.Difference, one.Retention.From, one.Retention.To,
                one.Amount.Difference, one.Amount.From, one.Amount.To,
            }),
        ])
    {
        Words = result.Words,
    };

    private static decimal? Share(long part, long whole) => whole == 0 ? null : decimal.Round((decimal)part / whole, 6);
}
