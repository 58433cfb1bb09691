using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>The whole loop, as a newcomer meets it.</summary>
public class DemoTests
{
    [Fact]
    public async Task Demo_ShowsTheLoop_AndTheWorkspaceAnswersAfterwards()
    {
        using var folder = new FreshFolder();
        var place = Path.Combine(folder.Path, "demo");

        var demo = (await CommandLine.RunAsync("demo", "-w", place)).Done();

        Assert.All(
            new[] { "Collect", "orders", "Champions", "The best 20 %", "lapsing_best.csv", "What to try next" },
            words => Assert.Contains(words, demo.Output, StringComparison.Ordinal));
        var list = await File.ReadAllLinesAsync(Path.Combine(place, "exports", "lapsing_best.csv"));
        Assert.StartsWith("customer_key,customer_id,", list[0], StringComparison.Ordinal);
        Assert.InRange(list.Length, 100, 10_000);

        var lines = (await CommandLine.RunAsync("query", "sales", "--measures", "lines", "-w", place, "--format", "json")).Done();
        Assert.InRange(lines.Rows[0][0].GetInt64(), 390_000, 410_000);
        Assert.Contains("Everything was loaded before", (await CommandLine.RunAsync("load", "-w", place)).Done().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_IntoAFolderOfSomebodyElse_RefusesAndChangesNothing()
    {
        using var folder = new FreshFolder();
        folder.Write("thesis.txt", "mine");

        var result = await CommandLine.RunAsync("demo", "-w", folder.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("holds something that the demo did not make", result.Error, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("arrow")]
    [InlineData("parquet")]
    public async Task Answer_InEachFormat_HoldsTheSameNumbers(string format)
    {
        using var shop = new SmallShop(500);
        (await shop.RunAsync("load")).Done();
        var file = Path.Combine(shop.Path, $"answer.{format}");

        (await shop.RunAsync("query", "sales", "--measures", "lines,net_sales", "--by", "date.month", "--format", format, "--out", file)).Done();

        var expected = (await shop.RunAsync("query", "sales", "--measures", "lines,net_sales", "--by", "date.month", "--format", "json")).Done().Rows;
        Assert.True(new FileInfo(file).Length > 0);
        if (format == "parquet")
        {
            await using var connection = new DuckDb.DuckDBConnection("Data Source=:memory:");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT CAST(sum(lines) AS BIGINT), sum(net_sales) FROM read_parquet($file)";
            command.Parameters.Add(new DuckDb.DuckDBParameter("file", file));
            await using var reader = await command.ExecuteReaderAsync();
            Assert.True(await reader.ReadAsync());
            Assert.Equal(expected.EnumerateArray().Sum(row => row[1].GetInt64()), reader.GetInt64(0));
            Assert.Equal(expected.EnumerateArray().Sum(row => row[2].GetDecimal()), reader.GetDecimal(1));
        }
        else if (format == "csv")
        {
            var lines = (await File.ReadAllLinesAsync(file)).Skip(1).Select(line => line.Split(','));
            Assert.Equal(expected.EnumerateArray().Select(row => row[2].GetDecimal()), lines.Select(fields => decimal.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture)));
        }
    }
}
