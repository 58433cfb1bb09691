using System.Globalization;
using System.Text.Json;

namespace Warehouse.Pages.Asking;

/// <summary>Charts and tables about one thing, as the service gives them for display.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="AsOf">The date that it holds for; null where it holds for the generation as a whole.</param>
/// <param name="Generation">The generation.</param>
/// <param name="Population">Whom it is about, and how they were counted.</param>
/// <param name="Definition">The hash of the definition.</param>
/// <param name="Parts">What it shows, in order.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record ShownReport(
    string Title, string? AsOf, int Generation, string Population, string Definition, IReadOnlyList<ShownPart> Parts, IReadOnlyList<string> Notes);

/// <summary>A part of a report.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Description">What it shows, in a sentence; null where the title says enough.</param>
/// <param name="Height">How high its chart is drawn, in pixels; null without a chart.</param>
/// <param name="Chart">The option of the chart; null where there is nothing to draw.</param>
/// <param name="Columns">The columns of its table.</param>
/// <param name="Rows">The rows of its table.</param>
public sealed record ShownPart(
    string Title, string? Description, int? Height, JsonElement? Chart, IReadOnlyList<ShownColumn> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>The columns, and whether each holds numbers; numbers that were written as texts already are numbers to the eye, too.</summary>
    public IReadOnlyList<(string Name, bool IsNumber)> Aligned => [.. Columns.Select((column, place) => (column.Name, column.IsNumber || (place > 0 && HoldsNumbers(place))))];

    private bool HoldsNumbers(int place) =>
        Rows.Select(row => row.Texts[place]).Where(text => text.Length > 0).ToList() is { Count: > 0 } texts
        && texts.TrueForAll(text => decimal.TryParse(text.TrimEnd('%', ' '), NumberStyles.Number, CultureInfo.InvariantCulture, out _));
}

/// <summary>A column of a report's table.</summary>
public sealed record ShownColumn(string Name, bool IsNumber);
