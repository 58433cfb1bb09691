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
    [InlineData("1,t,2.5,true", "1,t,inf,true", "\"spend, net\" holds \"inf\", which is too large to be measured")]
    [InlineData("spend, net", "spend  net", "has no column \"spend, net\". Did you mean \"spend  net\"?")]
    public async Task WrongFile_IsSaid(string right, string wrong, string words)
    {
        using var folder = new FreshFolder();
        var path = folder.Write("x.csv", Text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(words, (await Assert.ThrowsAnyAsync<UserFaultException>(() => ReadAsync(path))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arm\tspend\nt\t1,5\nt\t-2\nc\t0,25\nc\t1e1\n", "c", new[] { 1.5, -2, .25, 10 })]
    [InlineData("arm;spend\n\"t\";\"1,5\"\n t ;3\n\"c\";0\nc;1\n", "c", new[] { 1.5, 3, 0, 1 })]
    [InlineData("arm,spend\n1,\"1,234.50\"\n1,yes\n0,no\n0,TRUE\n", "0", new[] { 1234.5, 1, 0, 1 })]
    [InlineData("arm,spend\n1.0,1\n1.0,2\n0.0,3\n0.0,4\n", "0", new[] { 1.0, 2, 3, 4 })]
    [InlineData("arm,spend\ntrue,1\ntrue,2\nfalse,3\nfalse,4\n", "False", new[] { 1.0, 2, 3, 4 })]
    [InlineData("\uFEFFarm|spend\r\nMail|1\r\nMail|2\r\nNone|3\r\nNone|4\r\n", "None", new[] { 1.0, 2, 3, 4 })]
    public async Task WhatOtherProgramsWrite_IsRead(string text, string control, double[] spend)
    {
        using var folder = new FreshFolder();

        var read = await ExperimentFile.ReadAsync(folder.Write("x.csv", text), "arm", control, ["spend"], [], MissingOutcome.Refuse, CancellationToken.None);

        Assert.Equal(2, read.Experiment.Arms.Count);
        Assert.Equal(spend, read.Experiment.Outcomes[0].Values);
    }

    [Fact]
    public async Task WesternLetters_AreRead_AndAnEmptyFileIsSaid()
    {
        using var folder = new FreshFolder();
        var path = folder.Write("x.csv", "");
        Assert.EndsWith("x.csv is empty.", (await Assert.ThrowsAsync<UserFaultException>(() => ReadAsync(path))).Message, StringComparison.Ordinal);
        await File.WriteAllBytesAsync(path, System.Text.Encoding.Latin1.GetBytes("arm;spend\nBéta;1\nBéta;2\ncontrôle;3\ncontrôle;5,5\n"));

        var read = await ExperimentFile.ReadAsync(path, "arm", "contrôle", ["spend"], [], MissingOutcome.Refuse, CancellationToken.None);

        Assert.Equal(["contrôle", "Béta"], read.Experiment.Arms);
        Assert.Equal([1, 2, 3, 5.5], read.Experiment.Outcomes[0].Values);
    }

    [Fact]
    public async Task ParquetOfNumbersAndFlags_IsRead()
    {
        using var folder = new FreshFolder();
        var path = Path.Combine(folder.Path, "x.parquet");
        await using (var connection = new DuckDBConnection("Data Source=:memory:"))
        {
            await connection.OpenAsync();
            await connection.ExecuteAsync(
                "COPY (SELECT (row % 2)::DOUBLE AS arm, row % 3 = 0 AS bought, CAST(row AS DECIMAL(18,4)) AS spend FROM range(6) AS rows (row)) TO $path (FORMAT parquet)",
                CancellationToken.None,
                ("path", path));
        }

        var read = await ExperimentFile.ReadAsync(path, "arm", "0", ["bought", "spend"], [], MissingOutcome.Refuse, CancellationToken.None);

        Assert.Equal(["0.0", "1.0"], read.Experiment.Arms);
        Assert.Equal([1, 0, 0, 1, 0, 0], read.Experiment.Outcomes[0].Values);
        Assert.Equal([0, 1, 2, 3, 4, 5], read.Experiment.Outcomes[1].Values);
    }

    [Theory]
    [InlineData(MissingOutcome.Zero, 6, "2 customers without \"spend\" count as 0.")]
    [InlineData(MissingOutcome.LeaveOut, 4, "2 customers without an outcome are left out")]
    public async Task MissingOutcome_IsWhatTheCallerSays_AndMissingCovariatesAreAverage(MissingOutcome missing, int customers, string words)
    {
        using var folder = new FreshFolder();
        var path = folder.Write("x.csv", "arm,spend,before\nt,1,10\nt,2,\nt,,NA\nc,NaN,20\nc,3,30\nc,4,10\n");

        var read = await ExperimentFile.ReadAsync(path, "arm", "c", ["spend"], ["before"], missing, CancellationToken.None);

        Assert.Equal(customers, read.Experiment.Customers);
        Assert.StartsWith(words, read.Notes[0], StringComparison.Ordinal);
        Assert.Contains("without \"before\" count as average in it", read.Notes[1], StringComparison.Ordinal);
        Assert.Equal(missing == MissingOutcome.Zero ? 17.5 : 50d / 3, read.Experiment.Covariates[0].Values[1], 12);
    }

    [Theory]
    [InlineData("bought", "1", "1", "within each arm all customers have the same value")]
    [InlineData("bought", "1", "0", "within each arm all customers have the same value")]
    [InlineData("bought", "0", "0", "only 0 customers of both arms together have any")]
    [InlineData("spend", "1e59", "2e59", "within each arm all customers have the same value")]
    public async Task OutcomesThatDoNotVary_AreMeasured_ClaimNothing_AndAreNumbers(string outcome, string treated, string control, string words)
    {
        using var folder = new FreshFolder();
        var rows = Enumerable.Range(0, 200).Select(row => row % 2 == 0 ? $"t,{treated},{row},5" : $"c,{control},{row},5");
        var path = folder.Write("x.csv", $"arm,{outcome},before,same\n{string.Join('\n', rows)}\n");

        var read = await ExperimentFile.ReadAsync(path, "arm", "c", [outcome], ["before", "same"], MissingOutcome.Refuse, CancellationToken.None);
        var report = ExperimentReport.Of(read.Experiment, new MeasurementOptions { ExpectedLift = .1, Profit = new ProfitTerms(outcome, 1, 0) });

        Assert.Contains(words, Assert.Single(report.Words), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", System.Text.Json.JsonSerializer.Serialize(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e200", "holds \"1e200\", which is too large to be measured")]
    [InlineData("-inf", "holds \"-inf\", which is too large to be measured")]
    [InlineData("12 GBP", "holds \"12 GBP\", which is no number")]
    public async Task ValuesThatCannotBeMeasured_AreSaid(string value, string words)
    {
        using var folder = new FreshFolder();
        var path = folder.Write("x.csv", $"arm,spend\nt,{value}\nt,1\nc,1\nc,2\n");

        var refused = await Assert.ThrowsAnyAsync<UserFaultException>(
            () => ExperimentFile.ReadAsync(path, "arm", "c", ["spend"], [], MissingOutcome.Refuse, CancellationToken.None));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Experiment> ReadAsync(string path) =>
        (await ExperimentFile.ReadAsync(path, "arm", "c", ["spend, net", "bought"], [], MissingOutcome.Refuse, CancellationToken.None)).Experiment;
}
