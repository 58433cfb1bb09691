using System.Globalization;
using System.Net;
using System.Text;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Training;

namespace Warehouse.Models.Churn.Registry;

/// <summary>A page that says what a model is for, what it learned from, how good it is and what to beware of.</summary>
internal static class ModelCard
{
    private const int FeaturesShown = 15;
    private const int WidestBar = 30;

    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222}"
        + "table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{padding:.2rem .8rem .2rem 0;text-align:right;border-bottom:1px solid #ddd}"
        + "td:first-child,th:first-child{text-align:left}";

    public static string Of(RegisteredModel model, TrainingResult result)
    {
        var page = new StringBuilder();
        var title = Say($"{model.Model}, version {model.Version}");
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{Style}</style></head><body>\n<h1>{title}</h1>\n");
        Intended(page, model, result);
        Quality(page, result);
        Reliability(page, result.Test);
        Table(page, "Tenths of customers, the most likely first", ["tenth", "customers", "churned", "lift", "gain"], result.Test.Deciles.Select(decile =>
            (string[])[Say($"{decile.Number}"), Say($"{decile.Customers:#,##0}"), Say($"{decile.Churned:#,##0}"), Say($"{decile.Lift:0.00}"), Say($"{decile.Gain:0.0 %}")]));
        Table(page, "By groups", ["by", "group", "customers", "churned", "said", "AUC"], result.Segments.Select(segment =>
            (string[])[segment.By, segment.Segment, Say($"{segment.Customers:#,##0}"), Say($"{segment.ChurnRate:0.0 %}"), Say($"{segment.Said:0.0 %}"), segment.Auc is { } auc ? Say($"{auc:0.000}") : ""]));
        Table(page, "What the scores come from", ["feature", "share"], result.Features.Take(FeaturesShown).Select(feature =>
            (string[])[feature.Feature, Say($"{feature.Share:0.0 %}")]));
        Table(page, "Parameters", ["name", "value"], result.Parameters.Select(parameter =>
            (string[])[parameter.Key, Say($"{parameter.Value:0.######}")]));
        Notes(page, result);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Intended(StringBuilder page, RegisteredModel model, TrainingResult result) => Table(page, "What it is", ["", ""],
    [
        ["predicts", result.HorizonDays is { } days ? Say($"no purchase in the {days} days from a date") : "the label of a table"],
        ["learner", result.Learner],
        ["learned from", Say($"{result.TrainingRows:#,##0} rows{(result.TrainingDates.Count > 0 ? Say($", of {result.TrainingDates[0]:yyyy-MM-dd} to {result.TrainingDates[^1]:yyyy-MM-dd}") : "")}, generation {result.Generation}")],
        ["tested", result.AsOf is { } date ? Say($"as of {date:yyyy-MM-dd}, out of time") : "by cross-validation"],
        ["definition", model.Definition],
        ["seed", Say($"{result.Seed}")],
        ["trained", Say($"{model.TrainedAt:yyyy-MM-dd HH:mm} by {model.TrainedBy}")],
        ["status", model.Reason is null ? model.Status : $"{model.Status}: {model.Reason}"],
    ]);

    private static void Quality(StringBuilder page, TrainingResult result) => Table(page, "How good it is, with 95 % intervals", ["", "value", "from", "to"],
    [
        Row("AUC", result.Test.Auc),
        .. result.Baselines.Select(baseline => Row($"AUC of {baseline.Key} alone", baseline.Value)),
        Row("PR-AUC", result.Test.PrAuc),
        Row("log-loss", result.Test.LogLoss),
        Row("Brier", result.Test.Brier),
        ["calibration error", Say($"{result.Test.CalibrationError:0.0000}"), "", ""],
        ["EMPC per customer", Say($"{result.Test.Profit.Empc:0.00}"), "", ""],
        ["most profitable depth", Say($"{result.Test.Profit.BestDepth:0 %}"), "", ""],
    ]);

    private static void Reliability(StringBuilder page, ChurnMetrics test) => Table(page, "Said and seen", ["customers", "said", "seen", ""], test.Reliability.Select(bin =>
        (string[])[Say($"{bin.Customers:#,##0}"), Say($"{bin.Said:0.0 %}"), Say($"{bin.Seen:0.0 %}"), new string('█', (int)Math.Round(bin.Seen * WidestBar))]));

    private static void Notes(StringBuilder page, TrainingResult result)
    {
        page.Append("<h2>Beware</h2>\n<ul>\n");
        foreach (var note in result.Notes.Concat(result.Dropped.Select(feature => $"{feature.Name} is not used: {feature.Reason}.")))
        {
            page.Append(CultureInfo.InvariantCulture, $"<li>{WebUtility.HtmlEncode(note)}</li>\n");
        }

        page.Append("</ul>\n");
    }

    private static void Table(StringBuilder page, string title, string[] columns, IEnumerable<string[]> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(title)}</h2>\n<table>");
        page.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(columns.Select(column => $"<th>{WebUtility.HtmlEncode(column)}</th>"))}</tr>\n");
        foreach (var row in rows)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(cell => $"<td>{WebUtility.HtmlEncode(cell)}</td>"))}</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string[] Row(string name, Interval interval) =>
        [name, Say($"{interval.Value:0.0000}"), Say($"{interval.Low:0.0000}"), Say($"{interval.High:0.0000}")];

    private static string Say(FormattableString text) => FormattableString.Invariant(text);
}
