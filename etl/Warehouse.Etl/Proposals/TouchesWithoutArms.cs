using Warehouse.Etl.Targets;

namespace Warehouse.Etl.Proposals;

/// <summary>
/// What senders of campaigns export: a row for each recipient with the times of what happened, or one for each event. They
/// name no arms, for they know of no control group.
/// </summary>
internal static class TouchesWithoutArms
{
    private const int MostEvents = 40;
    private const double LeastKnown = .8;

    /// <summary>The columns of a touch and the events that reach them, in the order in which they are reached.</summary>
    private static readonly (string Column, string[] Events)[] Milestones =
    [
        ("sent_at", ["sent", "send", "processed"]),
        ("delivered_at", ["delivered", "delivery", "received"]),
        ("bounced_at", ["bounce", "bounced", "hardbounce", "softbounce", "dropped"]),
        ("opened_at", ["open", "opened", "opens"]),
        ("clicked_at", ["click", "clicked", "clicks"]),
        ("replied_at", ["reply", "replied"]),
        ("converted_at", ["conversion", "converted"]),
        ("unsubscribed_at", ["unsubscribe", "unsubscribed", "optout"]),
    ];

    /// <summary>How a table fills touches; null where it is none of them.</summary>
    /// <param name="table">The table.</param>
    /// <param name="touch">Its columns.</param>
    public static (ProposedFill Fill, string Grain)? Of(SourceTable table, Assignment touch)
    {
        if (touch.Has("arm") || !touch.Has("campaign", "customer") || Assignment.Of(TargetCatalogue.Sale, table) is var sale && (sale.Has("quantity") || sale.Has("unit_price") || sale.Has("order_id")))
        {
            return null;
        }

        var times = table.Columns.Where(column => column.Dates > .9 && column.Filled == column.Rows).ToArray();
        var when = touch["assigned_at"] ?? (times.Length == 1 ? times[0] : null);
        var log = when is null ? null : table.Columns.FirstOrDefault(column => column != when && IsOfEvents(table, column));
        return log is not null ? (OfEvents(table, touch, log, when!), $"an event of a customer in a campaign: {log.Name} says which")
            : touch.Count("delivered_at", "opened_at", "clicked_at", "bounced_at") > 0 && (touch["sent_at"] ?? touch["delivered_at"] ?? when) is { } first
                ? (OfRecipients(new MappingWriter(table).Fill(touch), new MappingWriter(table).Fill(touch.With("assigned_at", first))), "a customer in a wave of a campaign")
            : null;
    }

    /// <summary>A recipient's row: when it was sent is when it was assigned, too.</summary>
    private static ProposedFill OfRecipients(ProposedFill said, ProposedFill assigned) =>
        WithArm(said, [.. assigned.Columns.Where(column => column.Name == "assigned_at")]);

    private static ProposedFill OfEvents(SourceTable table, Assignment touch, ColumnEvidence log, ColumnEvidence when)
    {
        var reached = Milestones.Select(milestone => (milestone.Column, Spellings: SpellingsOf(table, log, milestone.Events))).Where(found => found.Spellings.Length > 0).ToArray();
        var known = new Assignment(touch.Target, touch.Columns.Where(pair => pair.Key is "campaign" or "wave" or "customer").ToDictionary(StringComparer.Ordinal));
        var first = reached.FirstOrDefault(found => found.Column is "sent_at" or "delivered_at");
        return WithArm(
            new MappingWriter(table).Fill(known),
            [
                first.Spellings is null
                    ? At("assigned_at", null, "CHECK: no event says that it was sent: the time of what happened last stands for it")
                    : At("assigned_at", first.Spellings, "the first that is known of it"),
                .. reached.Select(found => At(found.Column, found.Spellings, FormattableString.Invariant($"{found.Spellings.Sum(spelling => (long)table.Values[log.Name][spelling]):#,##0} of {log.Rows:#,##0} rows"))),
                At("changed_at", null, "of two rows about the same the later one holds"),
            ]);

        ProposedColumn At(string column, string[]? spellings, string why)
        {
            var format = DateFormats.NameOf(when.DateFormat) is { } name ? $", format: {YamlText.Of(name)}" : "";
            var tests = spellings is null ? null : string.Join(" or ", spellings.Select(spelling => $"{YamlText.Column(log.Name)} = '{spelling.Replace("'", "''", StringComparison.Ordinal)}'"));
            return tests is null
                ? new ProposedColumn(column, $"{{from: {YamlText.Of(when.Name)}{format}}}", why, when.Name)
                : new ProposedColumn(column, $"{{expr: {YamlText.Of($"if({tests}, {YamlText.Column(when.Name)})")}{format}}}", why, log.Name, when.Name);
        }
    }

    private static ProposedFill WithArm(ProposedFill fill, IReadOnlyList<ProposedColumn> more) => fill with
    {
        Columns =
        [
            .. fill.Columns.Where(column => more.All(other => other.Name != column.Name)),
            new ProposedColumn("arm", "{value: treated}", "CHECK: no column names arms, so that all count as treated; without a control group nothing says what the campaign changed"),
            .. more,
        ],
    };

    private static bool IsOfEvents(SourceTable table, ColumnEvidence column) =>
        column is { Distinct: > 0 and <= MostEvents } && column.Filled == column.Rows
        && Milestones.Sum(milestone => SpellingsOf(table, column, milestone.Events).Sum(spelling => (long)table.Values[column.Name][spelling])) >= LeastKnown * column.Rows;

    private static string[] SpellingsOf(SourceTable table, ColumnEvidence column, string[] events) =>
        [.. table.Values[column.Name].Keys.Where(value => events.Contains(Plain(value))).Order(StringComparer.Ordinal)];

    /// <summary>What an event is called, whatever it is an event of: « Opened Email » and « email_open » are alike.</summary>
    private static string Plain(string value)
    {
        var letters = string.Concat(value.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return letters.Replace("email", "", StringComparison.Ordinal);
    }
}
