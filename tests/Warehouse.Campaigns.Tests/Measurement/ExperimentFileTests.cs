using Warehouse.Campaigns.Measurement;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store;
using Warehouse.Testing;

namespace Warehouse.Campaigns.Tests.Measurement;

public class ExperimentFileTests
{
    private const string Text = "who,arm,\"spend, net\",bought\n1,t,2.5,true\n2,t,0,false\n3,c,1,true\n4,c,0,false\n";

    [Fact]
    public async Task CsvAndParquet_ReadTheSame()
    {
        using var folder = new FreshFolder();
        var csv = folder.Write("x.csv", Text);
        var parquet = Path.Combine(folder.Path, "x.parquet");
        await using (var connection = new DuckDBConnection("Data Source=:memory:"))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync("COPY (FROM read_csv($csv)) TO $parquet (FORMAT parquet)", CancellationToken.None, ("csv", csv), ("parquet", parquet));
        }

        foreach (var path in new[] { csv, parquet })
        {
            var read = await ReadAsync(path);
            Assert.Equal(["c", "t"], read.Arms);
            Assert.Equal([2.5, 0, 1, 0], read.Outcomes[0].Values);
            Assert.Equal([1, 0, 1, 0], read.Outcomes[1].Values);
            Assert.True(read.Outcomes[1].IsRate);
        }
    }

    [Theory]
    [InlineData("1,t,2.5,true", "1,,2.5,true", "1 rows have no \"arm\"")]
    [InlineData("1,t,2.5,true", "1,t,,true", "1 rows have no \"spend, net\". Every customer who was assigned counts")]
    [InlineData("1,t,2.5,true", "1,t,much,true", "\"spend, net\" holds \"much\", which is no number")]
    [InlineData("1,t,2.5,true", "1,t,inf,true", "\"spend, net\" holds \"inf\", which is no number")]
    [InlineData("spend, net", "spend  net", "has no column \"spend, net\". Did you mean \"spend  net\"?")]
    public async Task WrongFile_IsSaid(string right, string wrong, string words)
    {
        using var folder = new FreshFolder();
        var path = folder.Write("x.csv", Text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(words, (await Assert.ThrowsAnyAsync<UserFaultException>(() => ReadAsync(path))).Message, StringComparison.Ordinal);
    }

    private static Task<Experiment> ReadAsync(string path) =>
        ExperimentFile.ReadAsync(path, "arm", "c", ["spend, net", "bought"], [], CancellationToken.None);
}
