using Warehouse.Etl.Feeds;
using Warehouse.Etl.Loading;
using Warehouse.Etl.Quality;
using Warehouse.Etl.Quality.Profiles;
using Warehouse.Etl.Quality.Reports;

namespace Warehouse.Etl.Tests.Quality;

/// <summary>Rejected rows that are mended, profiles that have aged, and the page that tells of all.</summary>
public sealed class MendTests : EtlTest
{
    [Fact]
    public async Task MendedRows_AreLoaded_AndOpenNoLonger()
    {
        Feed("sales", SaleFeed.Replace("\"data/sales*.csv\"", "\"data/sales*.csv\", delimiter: \";\", decimal: comma, header_row: 2, comment: \"#\"", StringComparison.Ordinal));
        Data("sales.csv", ("Orders of May\n" + SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,C1,P,x,5\nA,3,2026-05-01,\"C\"\"2\",P,,1\nA,4,2026-05-01,C1,P,y,2\n").Replace(',', ';'));
        await LoadAsync();
        await using var connection = await Warehouse.Database.ConnectAsync(CancellationToken.None);
        var open = await MendedRows.OpenAsync(connection, "sales", CancellationToken.None);
        Assert.Equal(["rejected_source", "rejected_line", "rejected_because", "order", "line", "at", "customer", "product", "quantity", "price"], open.Columns);
        Assert.Equal(["data/sales.csv", "5", "quantity required: Expected a value: How many; negative for returns., found nothing", "A", "3", "2026-05-01", "C\"2", "P"], open.Rows[1].Take(8));
        open.Rows[0][8] = "1,5";
        open.Rows[1][8] = "2";
        var mended = Data("mend.csv", string.Concat(open.Rows.Prepend(open.Columns.ToArray()).Select(row => string.Join(',', row.Select(value => $"\"{value?.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\n")));
        var feed = Assert.Single(FeedCatalogue.Read(Warehouse.Workspace));
        var loader = new Loader(Warehouse.Database, Time);
        var report = await loader.MendAsync(feed, mended, null, CancellationToken.None);
        Assert.Equal((3, 2, 1), (report.Files[0].RowsRead, report.Files[0].RowsLoaded, report.Files[0].RowsRejected));
        Assert.Equal(["1 | 2.0000", "2 | 1.5000", "3 | 2.0000"], await RowsAsync("SELECT line_id, quantity FROM star.fact_sale ORDER BY 1"));
        Assert.Equal(["data/mend.csv | 4"], await RowsAsync("SELECT source, source_line FROM quality.reject WHERE mended_generation IS NULL"));
        Assert.Null((await loader.MendAsync(feed, mended, null, CancellationToken.None)).Generation);
    }

    [Fact]
    public async Task StudentOfFifteenYears_IsAskedForAnUpdate()
    {
        Feed("crm", "source: {files: data/c.csv}\nidentity: crm\ninto: customer\ncolumns: {id: id, valid_from: since, occupation: occupation, city: city, confirmed_on: confirmed}");
        Data("c.csv", "id,since,occupation,city,confirmed\nC1,2011-06-01,Student,Leeds,\nC2,2011-06-01,retired,York,\nC3,2011-06-01,student,Hull,2025-01-01\nC4,2021-01-01,nurse,Bath,\n");
        await LoadAsync();
        Assert.Equal(
            [("C1", "city", "Leeds", 15.0), ("C1", "occupation", "Student", 15.0), ("C2", "city", "York", 15.0), ("C4", "occupation", "nurse", 5.4)],
            (await ProfileAsync()).Select(stale => (stale.CustomerId, stale.Attribute, stale.Value, stale.Years!.Value)));
        Warehouse.Folder.Write("profile.yaml", "city: 20\noccupation: 10\noccupation=nurse: 1\noccupation=student: 20\n");
        Assert.Equal([("C4", 1.0)], (await ProfileAsync()).Select(stale => (stale.CustomerId, stale.HoldsYears)));
    }

    [Fact]
    public async Task Page_TellsOfAllAspects_AndHidesNoMarkup()
    {
        Feed("sales", SaleFeed);
        Feed("crm", "source: {files: data/c.csv}\nidentity: crm\ninto: customer\ncolumns: {id: id, valid_from: since, occupation: occupation}");
        Data("c.csv", "id,since,occupation\nC1,2001-06-01,<script>alert(1)</script>\n");
        Data("sales.csv", SaleHeader + "A,1,2026-05-01,C1,P,2,10\nA,2,2026-05-01,,P,x,5\n");
        Warehouse.Folder.Write("checks/sales.yaml", "table: star.fact_sale\nchecks:\n- {required: cost_amount, severity: warn}\n");
        await LoadAsync();
        await using var connection = await Warehouse.Database.ConnectAsync(CancellationToken.None);
        var findings = await QualityFinding.AllAsync(connection, CancellationToken.None);
        Assert.Equal((0.5, 1, 2), Assert.Single(findings, finding => finding is { Aspect: "validity", Subject: "sales" }) is var valid ? (valid.Share, valid.Offenders, valid.Rows) : default);
        Assert.Equal(["validity", "completeness", "uniqueness", "timeliness", "checks", "rejects"], findings.Select(finding => finding.Aspect).Distinct());
        var page = QualityPage.Write(
            "A & B", 1, new DateOnly(2026, 6, 1), findings, await QualityTrend.AllAsync(connection, CancellationToken.None), await ProfileAsync());
        Assert.Contains("Data quality: A &amp; B", page);
        Assert.Contains("&lt;script&gt;alert", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("http", page);
    }

    private async Task<IReadOnlyList<StaleValue>> ProfileAsync()
    {
        await using var connection = await Warehouse.Database.ConnectAsync(CancellationToken.None);
        return await StaleValue.FindAsync(connection, ProfileAges.Read(Warehouse.Workspace), new DateOnly(2026, 6, 1), 100, CancellationToken.None);
    }
}
