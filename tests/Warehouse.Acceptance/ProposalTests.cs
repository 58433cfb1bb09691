using System.Globalization;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary><c>warehouse init --from</c> and <c>warehouse load</c>, nothing written by hand between them, come to the published totals.</summary>
public sealed class ProposalTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    private string Shop => Path.Combine(_folder.Path, "shop");

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task OnlineRetail_FromItsFileAlone_ComesToItsControlTotals()
    {
        var file = Repository.SharedData("online_retail", "online_retail.csv.gz");
        (await CommandLine.RunAsync("init", Shop, "--from", file)).Done();

        var load = (await CommandLine.RunAsync("load", "-w", Shop, "--format", "json")).Done();
        var totals = (await CommandLine.RunAsync("query", "sales", "--measures", "lines,net_sales,orders,customers", "-w", Shop, "--format", "json")).Done();

        Assert.Equal((541_909, 541_909), (load.Rows[0][2].GetInt64(), load.Rows[0][3].GetInt64()));
        Assert.Equal("541909 9747747.934 25900 4372", string.Join(" ", totals.Rows[0].EnumerateArray()));
    }

    [SkippableFact]
    public async Task Cdnow_SeparatedByBlanks_ComesToItsRowsAndCustomers()
    {
        var file = Repository.SharedData("cdnow", "CDNOW_master.txt");
        (await CommandLine.RunAsync("init", Shop, "--from", file)).Done();
        var dollars = File.ReadLines(file).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Sum(fields => decimal.Parse(fields[3], CultureInfo.InvariantCulture));

        (await CommandLine.RunAsync("load", "-w", Shop)).Done();
        var totals = (await CommandLine.RunAsync("query", "sales", "--measures", "lines,net_sales,customers", "-w", Shop, "--format", "json")).Done();

        Assert.Equal(
            ("69659", dollars, "23570"),
            (totals.Rows[0][0].ToString(), totals.Rows[0][1].GetDecimal(), totals.Rows[0][2].ToString()));
    }

    [SkippableFact]
    public async Task Northwind_WithCommasThatNobodyQuotedAndDaysBeforeTheUsualCalendar_ComesToItsPublishedTotals()
    {
        var folder = Path.GetDirectoryName(Repository.SharedData("northwind", "orders.csv"))!;
        (await CommandLine.RunAsync("init", Shop, "--from", folder)).Done();

        var load = (await CommandLine.RunAsync("load", "-w", Shop, "--format", "json")).Done();
        var totals = (await CommandLine.RunAsync("query", "sales", "--measures", "lines,orders,customers,net_sales", "-w", Shop, "--format", "json")).Done();

        Assert.Equal([("products", 77L), ("customers", 91L), ("order_details", 2_155L)], load.Rows.EnumerateArray().Select(row => (row[0].GetString()!, row[3].GetInt64())));
        Assert.Equal("2155 830 89", string.Join(" ", totals.Rows[0].EnumerateArray().Take(3)));
        Assert.Equal(1_265_793.04m, Math.Round(totals.Rows[0][3].GetDecimal(), 2));
        var beverages = (await CommandLine.RunAsync("query", "sales", "--measures", "net_sales", "--where", "product.category = 'Beverages'", "-w", Shop, "--format", "json")).Done();
        Assert.Equal(267_868.18m, Math.Round(beverages.Rows[0][0].GetDecimal(), 2));
    }

    [Fact]
    public async Task NewWorkspace_AnswersEachOfItsCubes_AlsoWithoutRows()
    {
        _folder.Write("orders.csv", "order_id,order_date,customer_id,sku,quantity,unit_price\nO1,2024-05-01,C1,P1,2,1.25\nO2,2024-06-13,C2,P2,2,2.50\n");
        (await CommandLine.RunAsync("init", Shop, "--from", Path.Combine(_folder.Path, "orders.csv"))).Done();
        (await CommandLine.RunAsync("load", "-w", Shop)).Done();

        foreach (var (cube, measures, expected) in new[] { ("sales", "net_sales,customers", "7.5 2"), ("contacts", "contacts", "0"), ("touches", "touches", "0"), ("snapshots", "customers", "0") })
        {
            var answer = (await CommandLine.RunAsync("query", cube, "--measures", measures, "-w", Shop, "--format", "json")).Done();
            Assert.Equal(expected, string.Join(" ", answer.Rows[0].EnumerateArray()));
        }

        Assert.DoesNotContain("segment_", string.Concat(Directory.EnumerateFiles(Path.Combine(Shop, "cubes")).Select(File.ReadAllText)), StringComparison.Ordinal);
        (await CommandLine.RunAsync("snapshot", "-w", Shop)).Done();
        var tiers = (await CommandLine.RunAsync("query", "sales", "--measures", "net_sales", "--by", "standing_now.value_tier", "-w", Shop, "--format", "json")).Done();
        Assert.Equal(7.5m, tiers.Rows.EnumerateArray().Sum(row => row[1].GetDecimal()));
    }

    [SkippableFact]
    public async Task CallCentre_FromCsvAndWorkbook_ComesToTheSamePublishedTotals()
    {
        var answers = new List<string>();
        foreach (var ending in new[] { "csv", "xlsx" })
        {
            var shop = Path.Combine(_folder.Path, ending);
            (await CommandLine.RunAsync("init", shop, "--from", Repository.SharedData("call_centre", $"call_centre.{ending}"))).Done();
            (await CommandLine.RunAsync("load", "-w", shop)).Done();
            _folder.Write($"{ending}/cubes/contacts.yaml", Contacts);
            answers.Add(string.Join(" ", (await CommandLine.RunAsync(
                "query", "contacts", "--measures", "contacts,answered,resolved,waiting,talk,satisfaction", "-w", shop, "--format", "json")).Done().Rows[0].EnumerateArray()));
        }

        Assert.StartsWith("5000 4054 3646 ", answers[0], StringComparison.Ordinal);
        Assert.Equal(answers[0], answers[1]);
    }

    [SkippableFact]
    public async Task HillstromAndOtherTablesThatAreNoStar_AreNotEnabled()
    {
        var init = (await CommandLine.RunAsync("init", Shop, "--from", Repository.SharedData("hillstrom", "hillstrom.csv.gz"))).Done();
        var load = await CommandLine.RunAsync("load", "-w", Shop);

        Assert.Contains("feeds/hillstrom.yaml  not enabled", init.Output, StringComparison.Ordinal);
        Assert.Equal(1, load.ExitCode);
        Assert.Contains("no feed that is enabled: feeds/hillstrom.yaml", load.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sample_EachOfItsFiles_IsWhatItsOwnFeedsSay()
    {
        var init = (await CommandLine.RunAsync("init", Shop, "--from", Repository.PathOf("sample-data", "retail", "data"))).Done();

        foreach (var expected in new[]
        {
            "exchange_rates.yaml  exchange_rate", "products.yaml  product", "stores.yaml  location", "campaigns.yaml  campaign", "crm.yaml  customer",
            "webshop.yaml  customer", "consents.yaml  consent", "orders.yaml  sale", "contacts.yaml  contact", "touches.yaml  touch", "holidays.yaml  not enabled",
        })
        {
            Assert.Contains("feeds/" + expected, init.Output, StringComparison.Ordinal);
        }

        Assert.Contains("currency: GBP", await File.ReadAllTextAsync(Path.Combine(Shop, "warehouse.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileThatIsNotThere_LeavesNoWorkspaceBehind()
    {
        var init = await CommandLine.RunAsync("init", Shop, "--from", Path.Combine(_folder.Path, "none.csv"));

        Assert.Equal(1, init.ExitCode);
        Assert.Contains("There is no file", init.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Shop));
    }

    private const string Contacts =
        """
        cube: contacts
        table: star.fact_contact
        dimensions:
          date: { table: star.dim_date, key: date_key, on: date_key, unknown: 0001-01-01, time: true }
        measures:
          contacts: { count: rows }
          answered: { count: rows, where: is_answered }
          resolved: { count: rows, where: is_resolved }
          waiting: { sum: waiting_seconds }
          talk: { sum: talk_seconds }
          satisfaction: { sum: satisfaction }
        """;
}
