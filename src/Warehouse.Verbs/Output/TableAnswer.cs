using Spectre.Console;

namespace Warehouse.Verbs.Output;

/// <summary>Shows an answer to people.</summary>
internal static class TableAnswer
{
    /// <summary>A column with a text longer than this gives way where the table is wider than the terminal; numbers and keys do not.</summary>
    private const int LongestKeptWhole = 24;

    /// <summary>The line before a column, and the blanks about it.</summary>
    private const int WidthOfEdge = 3;

    public static void Write(Answer answer, IAnsiConsole console, string? title = null)
    {
        int[] places = [.. Enumerable.Range(0, answer.Columns.Count).Where(place => IsShown(answer, place))];
        var columns = places.Select(place => answer.Columns[place]).ToArray();
        var rows = answer.Rows.Select(row => places.Select(place => answer.Columns[place].ForPeople(row[place])).ToArray()).ToArray();
        var widths = columns.Select((column, place) => rows.Select(row => row[place].Length).Append(column.Heading.Length).Max());
        var isTooWide = widths.Sum(width => width + WidthOfEdge) >= console.Profile.Width;
        var table = new Table { Border = TableBorder.Rounded, UseSafeBorder = true };
        if (title is not null)
        {
            table.Title = new TableTitle(Markup.Escape(title));
        }

        foreach (var (column, place) in columns.Select((column, place) => (column, place)))
        {
            var header = new TableColumn(new Text(isTooWide ? column.Heading.Replace(' ', '\n') : column.Heading))
            {
                NoWrap = rows.All(row => row[place].Length <= LongestKeptWhole),
            };
            table.AddColumn(column.Format == ColumnFormat.Plain ? header : header.RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(text => new Text(text)));
        }

        console.Write(table);
        console.WriteLine(Footer(answer));
    }

    private static bool IsShown(Answer answer, int place) =>
        !answer.Columns[place].IsRare || answer.Rows.Any(row => row[place] is not (null or 0 or 0L or ""));

    /// <summary>Where an answer comes from; one that is not of a warehouse, as of a file, names no generation.</summary>
    private static string Footer(Answer answer)
    {
        var words = new List<string>
        {
            FormattableString.Invariant($"{answer.Rows.Count:#,##0} {(answer.Rows.Count == 1 ? "row" : "rows")}"),
        };
        if (answer.Generation > 0)
        {
            words.Add(FormattableString.Invariant($"generation {answer.Generation}"));
        }

        if (answer.AsOf is { } date)
        {
            words.Add(FormattableString.Invariant($"as of {date:yyyy-MM-dd}"));
        }

        if (answer.Definition.Length > 0)
        {
            words.Add($"definition {answer.Definition[..Math.Min(8, answer.Definition.Length)]}");
        }

        return string.Join(", ", words);
    }
}
