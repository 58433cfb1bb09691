using System.Text.Json;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Drilling, auditing and rollups of the cubes, as people run them.</summary>
public class CubeVerbTests
{
    private const string Rollup = "\nrollups:\n  by_month: { table: mart.sales_by_month, by: [date.month], measures: [net_sales, lines] }\n";

    [Fact]
    public async Task Drilling_GoesDownAndUp_AndItsCellsAddUp()
    {
        using var shop = await Loaded(SmallShop.CubeText.Replace("time: true", "time: true, hierarchies: { calendar: [year, quarter, month] }", StringComparison.Ordinal));
        string[] words = ["query", "sales", "--measures", "lines", "--by", "date.year", "--format", "json"];

        var year = (await shop.RunAsync(words)).Done().Rows[0];
        var quarters = (await shop.RunAsync([.. words, "--drill-down", "date.year=2024"])).Done().Rows;
        var months = (await shop.RunAsync([.. words, "--drill-down", "date.year=2024", "--drill-down", "date.quarter=2024-Q2"])).Done().Rows;
        var up = (await shop.RunAsync([.. words, "--drill-down", "date.year=2024", "--drill-up", "date"])).Done();

        Assert.Equal(4, quarters.GetArrayLength());
        Assert.Equal(year[1].GetInt32(), quarters.EnumerateArray().Sum(row => row[2].GetInt32()));
        Assert.Equal(3, months.GetArrayLength());
        Assert.Equal(quarters[1][2].GetInt32(), months.EnumerateArray().Sum(row => row[3].GetInt32()));
        Assert.Equal((await shop.RunAsync(words)).Done().Rows.GetRawText(), up.Rows.GetRawText());
        string[] pivoted = ["query", "sales", "--measures", "lines", "--by", "date.quarter", "--pivot", "date.quarter", "--format", "json"];
        Assert.Equal(quarters[1][2].GetInt32(), (await shop.RunAsync([.. pivoted, "--details", "--cell", "2024-Q2"])).Done().Rows.GetArrayLength());
        var wrong = await shop.RunAsync([.. words, "--drill-down", "date.year=2042"]);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("No date.year of the answer is \"2042\".", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_TellsEveryRule_AndEndsWithThreeWhereOneIsUntrue()
    {
        using var shop = await Loaded(SmallShop.CubeText);
        var right = (await shop.RunAsync("query", "--audit", "--format", "json")).Done().Rows;
        Assert.True(right.GetArrayLength() >= 4);
        Assert.All(right.EnumerateArray(), row => Assert.Equal(0, row[2].GetInt32()));

        shop.Write("cubes/untrue.yaml", "cube: untrue\ntable: star.fact_sale\nkey: order_id\nmeasures: { lines: { count: rows } }\n");
        var untrue = await shop.RunAsync("query", "untrue", "--audit", "--format", "json");

        Assert.Equal(3, untrue.ExitCode);
        var rule = Assert.Single(untrue.Rows.EnumerateArray());
        Assert.Equal("star.fact_sale: \"order_id\" is unique", rule[1].GetString());
        Assert.Equal(33, rule[2].GetInt32());
        Assert.Equal(2, (await shop.RunAsync("query", "untru", "--audit")).ExitCode);
    }

    [Fact]
    public async Task Rollups_FollowWhateverPublishes()
    {
        using var shop = await Loaded(SmallShop.CubeText + Rollup);
        shop.Write("segments/all.yaml", "segment: everyone\nwhere:\n  orders: { from: 1 }\n");
        Task<CommandResult> Explain() => shop.RunAsync("query", "sales", "--measures", "lines", "--by", "date.month", "--explain");
        Assert.Contains("rollup sales.by_month: taken", (await Explain()).Done().Output, StringComparison.Ordinal);

        foreach (var publishing in new string[][] { ["snapshot", "--lifetime", "no"], ["segment", "build", "everyone"], ["customer", "forget", "C7"] })
        {
            (await shop.RunAsync(publishing)).Done();
            var explained = (await Explain()).Done().Output;
            Assert.True(explained.Contains("rollup sales.by_month: taken", StringComparison.Ordinal), $"after {publishing[0]}:\n{explained}");
        }
    }

    [Fact]
    public async Task StandingWithoutSnapshots_IsToldWithWhatMakesOne()
    {
        using var shop = await Loaded(SmallShop.CubeText);
        foreach (var name in new[] { "_shared", "sales" })
        {
            shop.Write($"cubes/{name}.yaml", await File.ReadAllTextAsync(Repository.PathOf("sample-data", "retail", "cubes", $"{name}.yaml")));
        }

        string[] words = ["query", "sales", "--measures", "lines", "--by", "standing_then.value_tier"];
        var without = (await shop.RunAsync(words)).Done();
        Assert.Contains("Note: There is no snapshot for standing_then in mart.snapshot, so it has no value: 'warehouse snapshot' makes one.", without.Error, StringComparison.Ordinal);
        var set = (await shop.RunAsync("query", "sales", "--measures", "lines", "--compare", "lapsing_best vs rest")).Done();
        Assert.Contains("There is no snapshot for segment_now.lapsing_best in mart.segment_build, so it has no value: 'warehouse segment build' makes one.", set.Error, StringComparison.Ordinal);

        (await shop.RunAsync("snapshot", "--lifetime", "no")).Done();
        Assert.DoesNotContain("Note: There is no snapshot", (await shop.RunAsync(words)).Done().Error, StringComparison.Ordinal);
        (await shop.RunAsync("snapshot", "--lifetime", "no", "--as-of", "2024-06-30")).Done();
        Assert.DoesNotContain("Note:", (await shop.RunAsync(words)).Done().Error, StringComparison.Ordinal);
    }

    /// <summary>Each cell of who moved from tier to tier is the number of customers who are shown behind it, and all together those of the second date.</summary>
    [Fact]
    public async Task MigrationOfTheSample_CanBeDrilledToItsCustomers()
    {
        using var folder = new FreshFolder();
        Samples.Copy("retail", folder.Path);
        Task<CommandResult> Run(params string[] words) => CommandLine.RunAsync([.. words, "-w", folder.Path]);
        (await Run("load")).Done();
        (await Run("snapshot", "--lifetime", "no", "--from", "2025-06-30", "--to", "2025-12-31", "--every", "quarter")).Done();
        string[] migration =
        [
            "query", "snapshots", "--measures", "customers", "--by", "standing_now.value_tier@2025-06-30", "--pivot", "standing.value_tier",
            "--where", "date.day = 2025-12-30", "--totals", "grand", "--format", "json",
        ];

        var answer = JsonDocument.Parse((await Run(migration)).Done().Output).RootElement;
        var columns = answer.GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!).ToArray();
        var rows = answer.GetProperty("rows").EnumerateArray().ToArray();
        var cells = 0;
        var sum = 0;
        foreach (var row in rows.Where(row => row[columns.Length - 1].GetInt32() == 0))
        {
            for (var column = 1; column < columns.Length - 2; column++)
            {
                var customers = row[column].ValueKind == JsonValueKind.Null ? 0 : row[column].GetInt32();
                sum += customers;
                if (customers is 0 or > 400 || ++cells > 4)
                {
                    continue;
                }

                var from = row[0].ValueKind == JsonValueKind.Null ? "" : row[0].GetString();
                var behind = (await Run([.. migration, "--details", "--cell", $"{from},{columns[column].Replace("(none)", "", StringComparison.Ordinal)}"])).Done();
                var place = JsonDocument.Parse(behind.Output).RootElement.GetProperty("columns").EnumerateArray().ToList().FindIndex(each => each.GetProperty("name").GetString() == "customer_key");
                Assert.Equal(customers, behind.Rows.EnumerateArray().Select(fact => fact[place].GetInt32()).Distinct().Count());
                Assert.Equal(customers, behind.Rows.GetArrayLength());
            }
        }

        Assert.True(cells >= 3);
        var all = (await Run("query", "snapshots", "--measures", "customers", "--where", "date.day = 2025-12-30", "--format", "json")).Done().Rows[0][0].GetInt32();
        Assert.Equal(all, sum);
        Assert.True(all > 1000);
    }

    private static async Task<SmallShop> Loaded(string cube)
    {
        var shop = new SmallShop();
        shop.Write("cubes/sales.yaml", cube);
        (await shop.RunAsync("load")).Done();
        return shop;
    }
}
