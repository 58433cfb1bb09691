using System.Data.Common;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Contacts;

/// <summary>How well customers who turn to the company are served, and which complaints wait for an answer.</summary>
public static class ContactAnalysis
{
    /// <summary>Service by topic, agent, channel or value tier, the most contacts first.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static Task<ContactResult<ContactGroup>> ServiceAsync(
        DbConnection connection, ContactOptions options, CancellationToken cancellationToken) => AskAsync(
        connection,
        options,
        "contacts",
        FormattableString.Invariant(
            $"contacts by {options.By}; in time is within {options.WithinSeconds} seconds; a repeat is the same customer and topic within {options.RepeatDays} days"),
        row => new ContactGroup(
            row.TextOrNull(0) ?? "(unknown)",
            row.GetInt64(1),
            row.GetInt64(2),
            row.GetInt64(3),
            row.GetInt64(4),
            row.ValueOrNull<double>(5),
            row.GetInt64(6),
            row.GetInt64(7),
            row.GetInt64(8),
            row.ValueOrNull<double>(9),
            row.GetInt64(10)),
        [("by", options.By), ("within_seconds", options.WithinSeconds), ("repeat_days", options.RepeatDays)],
        cancellationToken);

    /// <summary>The complaints that are open on the date: those overdue first, then by the customer's value, then by age.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static Task<ContactResult<OpenComplaint>> QueueAsync(
        DbConnection connection, ContactOptions options, CancellationToken cancellationToken) => AskAsync(
        connection,
        options,
        "queue",
        FormattableString.Invariant(
            $"open complaints; due after {options.DueHours.Best} hours for tier A, {options.DueHours.Second} for B, {options.DueHours.Others} for others, by the last snapshot"),
        row =>
        {
            var due = row.GetFieldValue<DateTimeOffset>(7);
            return new OpenComplaint(
                row.GetString(0),
                row.GetInt32(1),
                row.GetString(2),
                row.TextOrNull(3),
                row.GetFieldValue<DateTimeOffset>(4),
                row.TextOrNull(5),
                row.ValueOrNull<decimal>(6),
                due,
                due < options.AsOf.End);
        },
        [("hours_a", options.DueHours.Best), ("hours_b", options.DueHours.Second), ("hours_others", options.DueHours.Others)],
        cancellationToken);

    private static async Task<ContactResult<T>> AskAsync<T>(
        DbConnection connection,
        ContactOptions options,
        string file,
        string words,
        Func<DbDataReader, T> read,
        (string, object?)[] values,
        CancellationToken cancellationToken)
    {
        options.Require();
        var sql = SqlFile.Read(typeof(ContactAnalysis), $"Contacts/{file}.sql");
        var generation = await Generation.CurrentAsync(connection, cancellationToken);
        var rows = await connection.RowsAsync(
            sql,
            read,
            cancellationToken,
            [
                .. values,
                ("first_date", options.Window.FirstDate(options.AsOf.Date)),
                ("as_of", options.AsOf.Date),
                ("ends_at", options.AsOf.End),
                ("known_before", options.AsOf.KnownBefore),
            ]);
        return new ContactResult<T>(
            generation.Number,
            options.AsOf.Date,
            DefinitionHash.Of(file, options.Canonical, sql),
            $"{words}; {options.AsOf}",
            rows,
            rows.Count > 0 ? [] : ["There is none in the window that was known on the date."]);
    }
}
