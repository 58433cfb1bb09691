using System.Globalization;
using Spectre.Console;

namespace Warehouse.Cli.Output;

/// <summary>Shows an answer to people.</summary>
internal static class TableAnswer
{
    public static void Write(Answer answer, IAnsiConsole console, string? title = null)
    {
        var table = new Table { Border = TableBorder.Rounded, UseSafeBorder = true };
        if (title is not null)
        {
            table.Title = new TableTitle(Markup.Escape(title));
        }

        foreach (var column in answer.Columns)
        {
            var header = new TableColumn(new Text(column.Caption ?? column.Name)) { NoWrap = true };
            table.AddColumn(column.Format == ColumnFormat.Plain ? header : header.RightAligned());
        }

        foreach (var row in answer.Rows)
        {
            table.AddRow(row.Select((value, place) => new Text(answer.Columns[place].ForPeople(value))));
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
