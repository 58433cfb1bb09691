using System.Globalization;
using System.Net;
using System.Text;
using Warehouse.Etl.Quality.Profiles;

namespace Warehouse.Etl.Quality.Reports;

/// <summary>Writes the state of the data as one HTML page that needs nothing else.</summary>
public static class QualityPage
{
    private const string Style =
        """
        body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222}
        h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2rem}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}
        td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
        .bar{background:#eee;width:8rem;height:.6rem;display:inline-block}.bar i{display:block;height:100%;background:#2a7}
        .bad i{background:#c33}svg{vertical-align:middle}
        """;

    /// <summary>The page.</summary>
    /// <param name="name">The workspace's name.</param>
    /// <param name="generation">The generation that it tells of.</param>
    /// <param name="asOf">The date by which profiles are judged.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="trend">What feeds brought, load by load.</param>
    /// <param name="profiles">Attributes that have likely aged.</param>
    public static string Write(
        string name,
        int generation,
        DateOnly asOf,
        IReadOnlyList<QualityFinding> findings,
        IReadOnlyList<QualityTrend> trend,
        IReadOnlyList<StaleValue> profiles)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Data quality: {Text(name)}</title><style>\n{Style}\n</style>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>Data quality: {Text(name)}</h1>\n<p>Generation {generation}, profiles as of {asOf:yyyy-MM-dd}.</p>\n");
        AddTrend(page, trend);
        foreach (var aspect in findings.GroupBy(finding => finding.Aspect))
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(Heading(aspect.Key))}</h2>\n<table><tr><th>What</th><th>Good</th><th class=\"n\">Offenders</th><th class=\"n\">Rows</th><th>Note</th></tr>\n");
            foreach (var finding in aspect)
            {
                page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(finding.Subject)}</td><td>{Bar(finding.Share)}</td><td class=\"n\">{finding.Offenders:#,##0}</td><td class=\"n\">{finding.Rows:#,##0}</td><td>{Text(finding.Note)}</td></tr>\n");
            }

            page.Append("</table>\n");
        }

        AddProfiles(page, profiles);
        return page.Append("</html>\n").ToString();
    }

    private static void AddTrend(StringBuilder page, IReadOnlyList<QualityTrend> trend)
    {
        page.Append("<h2>Valid rows, load by load</h2>\n<table><tr><th>Feed</th><th>Loads</th><th class=\"n\">Last</th></tr>\n");
        foreach (var feed in trend.GroupBy(load => load.Feed))
        {
            var shares = feed.Select(load => load.RowsRead == 0 ? 1 : 1 - ((double)load.RowsRejected / load.RowsRead)).ToArray();
            var points = shares.Select((share, place) => string.Create(
                CultureInfo.InvariantCulture, $"{(shares.Length == 1 ? 60 : 120.0 * place / (shares.Length - 1)):0.#},{2 + (20 * (1 - share)):0.#}"));
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(feed.Key)}</td><td><svg width=\"124\" height=\"24\"><polyline fill=\"none\" stroke=\"#2a7\" stroke-width=\"2\" points=\"{string.Join(' ', points)}\"/></svg> {shares.Length}</td><td class=\"n\">{shares[^1]:0.00 %}</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void AddProfiles(StringBuilder page, IReadOnlyList<StaleValue> profiles)
    {
        page.Append("<h2>Profiles to ask for an update</h2>\n<table><tr><th>Customer</th><th>Attribute</th><th>Value</th><th>Source</th><th>Confirmed</th><th class=\"n\">Years</th><th class=\"n\">Usually holds</th></tr>\n");
        foreach (var profile in profiles)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(profile.CustomerId)}</td><td>{Text(profile.Attribute)}</td><td>{Text(profile.Value)}</td><td>{Text(profile.Source)}</td><td>{profile.ConfirmedOn:yyyy-MM-dd}</td><td class=\"n\">{profile.Years:0.0}</td><td class=\"n\">{profile.HoldsYears:0.#}</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Bar(double? share) => share is not { } known
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar{(known < 0.95 ? " bad" : "")}\"><i style=\"width:{100 * known:0.#}%\"></i></span> {known:0.0 %}");

    private static string Heading(string aspect) => aspect switch
    {
        "checks" => "Checks of the newest audited generation",
        "rejects" => "Rejected rows that are open",
        _ => char.ToUpperInvariant(aspect[0]) + aspect[1..],
    };

    private static string Text(string? text) => WebUtility.HtmlEncode(text ?? "");
}
