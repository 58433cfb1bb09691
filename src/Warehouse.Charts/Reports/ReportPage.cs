using System.Globalization;
using System.Net;
using System.Text;

namespace Warehouse.Charts;

/// <summary>Writes a report as HTML. Every text from outside is encoded; the policy lets no script run but the one that draws.</summary>
internal sealed class ReportPage(Report report)
{
    /// <summary>A table of more rows is folded up on the screen; on paper all are open.</summary>
    private const int MostRowsOpen = 15;

    private readonly StringBuilder _html = new();

    public override string ToString()
    {
        _html.Clear();
        WriteHead();
        Line("<body>");
        Line("<a class=\"skip\" href=\"#content\">Skip to the content</a>");
        WriteHeader();
        Line("<main id=\"content\">");
        for (var place = 0; place < report.Parts.Count; place++)
        {
            WritePart(report.Parts[place], place);
        }

        Line("</main>");
        WriteNotes();
        Line($"<script>{ChartScript.Text}</script>");
        Line("</body>");
        Line("</html>");
        return _html.ToString();
    }

    private void WriteHead()
    {
        Line("<!DOCTYPE html>");
        Line("<html lang=\"en\">");
        Line("<head>");
        Line("<meta charset=\"utf-8\">");
        Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{ChartScript.PolicyHash}'\">");
        Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        Line("<meta name=\"color-scheme\" content=\"light dark\">");
        Line("<link rel=\"icon\" href=\"data:,\">");
        Line($"<title>{Text(report.Title)}</title>");
        Line($"<style>{ChartScript.Resource("report.css")}</style>");
        Line("</head>");
    }

    private void WriteHeader()
    {
        var origin = report.Origin;
        Line("<header>");
        Line($"<h1>{Text(report.Title)}</h1>");
        Line("<dl>");
        if (origin.AsOf is { } date)
        {
            Fact("As of", string.Create(CultureInfo.InvariantCulture, $"{date:yyyy-MM-dd}"));
        }

        Fact("Generation", origin.Generation.ToString(CultureInfo.InvariantCulture));
        Fact("Population", origin.Population);
        Fact("Definition", origin.Definition);
        Line("</dl>");
        Line("</header>");
    }

    private void WritePart(ReportPart part, int place)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"part-{place + 1}");
        Line($"<section aria-labelledby=\"{id}-title\">");
        Line($"<h2 id=\"{id}-title\">{Text(part.Title)}</h2>");
        if (part.Description is { } description)
        {
            Line($"<p id=\"{id}-description\">{Text(description)}</p>");
        }

        if (part.Chart is { IsEmpty: true } || part.Table.Rows.Count == 0)
        {
            Line("<p class=\"empty\">There is nothing to show.</p>");
        }
        else if (part.Chart is { } chart)
        {
            var label = part.Description is null ? part.Title : $"{part.Title}. {part.Description}";
            Line(string.Create(
                CultureInfo.InvariantCulture,
                $"<div class=\"plot\" role=\"img\" aria-label=\"{Text($"Chart: {label} The numbers are in the table under it.")}\" data-chart=\"{id}-option\" style=\"height:{chart.Height}px\"></div>"));
            Line($"<script type=\"application/json\" id=\"{id}-option\">{chart.OptionJson}</script>");
        }

        WriteTable(part, id);
        Line("</section>");
    }

    private void WriteTable(ReportPart part, string id)
    {
        var table = part.Table;
        if (table.Rows.Count == 0)
        {
            return;
        }

        Line(table.Rows.Count <= MostRowsOpen ? "<details open>" : "<details>");
        Line(string.Create(CultureInfo.InvariantCulture, $"<summary>The numbers ({table.Rows.Count:#,##0} {(table.Rows.Count == 1 ? "row" : "rows")})</summary>"));
        Line($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"{id}-title\">");
        Line("<table>");
        Line($"<caption>{Text(part.Title)}</caption>");
        Line($"<thead><tr>{string.Concat(table.Columns.Select(column => $"<th scope=\"col\"{Class(column)}>{Text(column.Name)}</th>"))}</tr></thead>");
        Line("<tbody>");
        foreach (var row in table.Rows)
        {
            _html.Append("<tr>");
            for (var place = 0; place < row.Count; place++)
            {
                var column = table.Columns[place];
                var text = Text(ChartTable.Text(row[place], column.Format));
                _html.Append(place == 0 ? $"<th scope=\"row\"{Class(column)}>{text}</th>" : $"<td{Class(column)}>{text}</td>");
            }

            Line("</tr>");
        }

        Line("</tbody>");
        Line("</table>");
        Line("</div>");
        Line("</details>");
    }

    private void WriteNotes()
    {
        if (report.Notes.Count == 0)
        {
            return;
        }

        Line("<footer>");
        Line("<h2>Notes</h2>");
        Line($"<ul>{string.Concat(report.Notes.Select(note => $"<li>{Text(note)}</li>"))}</ul>");
        Line("</footer>");
    }

    private void Fact(string name, string value) => Line($"<div><dt>{Text(name)}</dt><dd>{Text(value)}</dd></div>");

    private void Line(string text) => _html.Append(text).Append('\n');

    private static string Class(ChartColumn column) => column.Format is null ? "" : " class=\"number\"";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
