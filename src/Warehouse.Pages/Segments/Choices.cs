using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Segments;

/// <summary>What conditions can ask for, as <c>segment conditions</c> lists it.</summary>
public sealed class Choices(Table table)
{
    private readonly ILookup<string, Choice> _all = table.Rows.ToLookup(
        row => row.Text(table["condition"])!,
        row => new Choice(row.Text(table["kind"])!, row.Text(table["value"]), row.Number(table["count"])),
        StringComparer.Ordinal);

    /// <summary>The conditions that take values or bounds of their own, apart from behaviour.</summary>
    public IReadOnlyList<string> Attributes { get; } =
        [.. table.Rows.Select(row => row.Text(table["condition"])!).Distinct(StringComparer.Ordinal).Where(name => !name.Contains('.', StringComparison.Ordinal) && name is not ("consent" or "segment" or "measure"))];

    /// <summary>What a condition takes: values, number or date.</summary>
    public string Kind(string condition) => _all[condition].FirstOrDefault()?.Kind ?? "values";

    /// <summary>The values that a condition can ask for; none where they cannot be listed.</summary>
    public IEnumerable<Choice> Values(string condition) => _all[condition].Where(choice => choice.Value is not null);
}

/// <summary>A value, and how many have it.</summary>
public sealed record Choice(string Kind, string? Value, double? Count);
