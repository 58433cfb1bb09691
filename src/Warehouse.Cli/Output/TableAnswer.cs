using System.Globalization;
using Spectre.Console;

namespace Warehouse.Cli.Output;

/// <summary>Shows an answer to people.</summary>
internal static class TableAnswer
{
    /// <summary>A column with a text longer than this gives way where the table is wider than the terminal; numbers and keys do not.</summary>
    private const int LongestKeptWhole = 24;

    public static void Write(Answer answer, IAnsiConsole console, string? title = null)
    {
        var rows = answer.Rows.Select(row => row.Select((value, place) => answer.Columns[place].ForPeople(value)).ToArray()).ToArray();
        var table = new Table { Border = TableBorder.Rounded, UseSafeBorder = true };
        if (title is not null)
        {
            table.Title = new TableTitle(Markup.Escape(title));
        }

        foreach (var (column, place) in answer.Columns.Select((column, place) => (column, place)))
        {
            var header = new TableColumn(new Text(column.Caption ?? column.Name))
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

    private static string Footer(Answer answer)
    {
        var asOf = answer.AsOf is { } date ? FormattableString.Invariant($", as of {date:yyyy-MM-dd}") : "";
        var rows = answer.Rows.Count.ToString("#,##0", CultureInfo.InvariantCulture);
        return FormattableString.Invariant(
            $"{rows} {(answer.Rows.Count == 1 ? "row" : "rows")}, generation {answer.Generation}{asOf}, definition {answer.Definition[..Math.Min(8, answer.Definition.Length)]}");
    }
}
