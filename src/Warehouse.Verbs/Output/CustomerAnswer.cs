using System.Globalization;
using Warehouse.Analysis.Customers;

namespace Warehouse.Verbs.Output;

/// <summary>One customer as a table of facts, each with its topic.</summary>
internal static class CustomerAnswer
{
    private static readonly AnswerColumn[] Columns = [new("topic", "VARCHAR"), new("what", "VARCHAR"), new("value", "VARCHAR")];

    public static Answer Of(CustomerView view) => new(
        view.Generation,
        view.AsOf,
        view.Definition,
        Columns,
        [.. Facts(view).Select(fact => new object?[] { fact.Topic, fact.What, fact.Value })])
    {
        Words = view.Words,
    };

    private static IEnumerable<(string Topic, string What, string? Value)> Facts(CustomerView view)
    {
        var profile = view.Profile;
        yield return ("profile", "customer", profile.CustomerId + (profile.IsTest ? " (test)" : ""));
        yield return ("profile", "born, gender", Joined(profile.BirthYear, profile.Gender));
        yield return ("profile", "lives in", Joined(profile.City, profile.Region, profile.Country));
        yield return ("profile", "came by, registered", Joined(profile.AcquisitionChannel, profile.RegisteredOn));
        yield return ("profile", "confirmed", profile.DaysSinceConfirmed is { } days ? Text($"{profile.ConfirmedOn:yyyy-MM-dd}, {days:#,##0} days ago") : "never");
        yield return ("stage", view.Stage ?? "not known on the date", view.StageReason);
        yield return ("history", Text($"{view.OrderCount:#,##0} orders"), Text($"{view.Amount:#,##0.00} net of returns"));
        foreach (var order in view.Orders)
        {
            yield return ("order", Text($"{order.BoughtOn:yyyy-MM-dd} {order.OrderId}"), Text($"{order.Amount:#,##0.00}, {order.Lines} lines{(order.Returns > 0 ? Text($", {order.Returns} returned") : "")}"));
        }

        foreach (var scores in view.Scores)
        {
            yield return (
                "scores",
                Text($"{scores.AsOf:yyyy-MM-dd}"),
                Joined(scores.Recency is null ? null : Text($"R{scores.Recency} F{scores.Frequency} M{scores.Monetary}"), scores.Segment, scores.Tier is null ? null : $"tier {scores.Tier}", scores.Stage, scores.LifetimeValue is { } value ? Text($"value {value:#,##0.00}") : null, scores.ChurnProbability is { } churn ? Text($"churn {churn:0.00}") : null));
        }

        foreach (var (topic, one) in view.OpenCases.Select(one => ("open case", one)).Concat(view.LatestContacts.Select(one => ("contact", one))))
        {
            yield return (topic, Text($"{one.OpenedAt.UtcDateTime:yyyy-MM-dd} {one.ContactId}"), Joined(one.Topic, one.IsComplaint ? "complaint" : null, one.Satisfaction is { } mark ? Text($"satisfaction {mark}") : null));
        }

        foreach (var wanted in view.Recommended)
        {
            yield return ("recommended", wanted.Item.ToString(), $"because of {wanted.Because}");
        }

        foreach (var wave in view.Campaigns)
        {
            yield return ("campaign", Text($"{wave.AssignedOn:yyyy-MM-dd} {wave.CampaignId}/{wave.Wave}"), Joined(wave.Name, wave.Arm, wave.IsOpened ? "opened" : null, wave.IsConverted ? "converted" : null));
        }
    }

    private static string Joined(params object?[] parts) =>
        string.Join(", ", parts.Select(ValueText.Invariant).Where(part => part.Length > 0)) is { Length: > 0 } text ? text : "not known";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
