using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>What people decided about identifiers.</summary>
/// <param name="AreSame">Whether they are one person or different ones.</param>
/// <param name="Labels">The identifiers, as <c>source:id</c>.</param>
/// <param name="Because">Why.</param>
/// <param name="By">Who decided; null where nothing is said.</param>
/// <param name="At">When; null where nothing is said.</param>
internal sealed record IdentityDecision(bool AreSame, IReadOnlyList<string> Labels, string Because, string? By, DateTimeOffset? At)
{
    /// <summary>The decision in words, as faults name it.</summary>
    public string Words => $"{string.Join(", ", Labels)} {(AreSame ? "are one person" : "are different persons")} ({Because}{(By is null ? "" : $", {By}")})";

    /// <summary>Reads a decision of <c>identity.yaml</c>.</summary>
    public static IdentityDecision Read(DefinitionMap map)
    {
        var same = map.Texts("same");
        var different = map.Texts("different");
        if ((same.Count > 0) == (different.Count > 0) || same.Count + different.Count < 2)
        {
            map.Fault("same", "A decision names two or more identifiers that are the \"same\" person, or \"different\" ones: [crm:C1, web:W7].");
        }

        foreach (var label in same.Concat(different).Where(label => !label.Text.Contains(':', StringComparison.Ordinal)))
        {
            label.Fault($"An identifier is its name space and itself, such as crm:C1, not \"{label}\".");
        }

        return new IdentityDecision(
            same.Count > 0, [.. same.Concat(different).Select(label => label.Text).Distinct()], map.RequiredText("because"), map.Text("by"), ReadTime(map.TextValue("at")));
    }

    /// <summary>Whether another decision says the same of the same identifiers.</summary>
    public bool IsAbout(IdentityDecision other) => AreSame == other.AreSame && Labels.ToHashSet().SetEquals(other.Labels);

    private static DateTimeOffset? ReadTime(DefinitionText? text)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        text.Fault($"\"at\" is when it was decided, such as 2026-06-01T12:00:00Z, not \"{text}\".");
        return null;
    }
}
