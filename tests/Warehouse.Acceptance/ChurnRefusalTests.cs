using System.Globalization;
using System.Text.Json;
using Warehouse.DuckDb;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>What the churn verbs refuse, in words, and what they draw.</summary>
public sealed class ChurnRefusalTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a,y\n{0},yes\n", 300, "of which 300 churned and 0 did not")]
    [InlineData("a,b,y\n5,,{1}\n", 300, "There is nothing to learn from")]
    [InlineData("a,y\n{0},{1}\n", 10, "10 rows, of which 5 churned and 5 did not")]
    [InlineData("a,note,y\n{0},gone {1},{1}\n", 300, "note (AUC 1.000)")]
    [InlineData("a,y\n{0},maybe\n", 300, "expected yes and no")]
    public async Task FileThatTeachesNothing_IsRefusedInWords(string lines, int rows, string words)
    {
        (await CommandLine.RunAsync("init", _folder.Path)).Done();
        var parts = lines.Split('\n', 2);
        _folder.Write("t.csv", parts[0] + "\n" + string.Concat(Enumerable.Range(0, rows).Select(row =>
            string.Format(CultureInfo.InvariantCulture, parts[1], row * 7 % 13, row % 2 == 0 ? "yes" : "no"))));

        var refused = await CommandLine.RunAsync(
            "churn", "train", "--file", Path.Combine(_folder.Path, "t.csv"), "--label", "y", "--learner", "logistic", "-w", _folder.Path);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(words, refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyWorkspace_SaysForEachVerbWhatIsMissing()
    {
        (await CommandLine.RunAsync("init", _folder.Path)).Done();
        foreach (var (verb, words) in new[]
        {
            ("train", "There are no sales to known customers yet."), ("score", "No version of churn is promoted."),
            ("suggest", "There are no sales to known customers yet."), ("retrain", "There are no sales to known customers yet."),
            ("evaluate", "No version of churn is promoted."),
        })
        {
            var refused = await CommandLine.RunAsync("churn", verb, "-w", _folder.Path);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(words, refused.Error, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task Loop_OnOnlineRetail_DrawsEveryAnswer_KeepsScores_AndRefusesATamperedModelAndAnotherDefinition()
    {
        var file = Repository.SharedData("online_retail", "online_retail.csv.gz");
        Samples.Copy("online-retail", _folder.Path);
        _folder.Write("models/churn.yaml", "# yaml-language-server: $schema=../schemas/churn.schema.json\nmodel: churn\nlearner: logistic\ntraining: {dates: 2}\n");
        (await CommandLine.RunAsync("load", "online_retail", "-w", _folder.Path, "--file", file)).Done();

        await DrawAsync("Expected profit by depth", "train", "--as-of", "2011-08-01");
        await DrawAsync("Customers by band", "score", "--as-of", "2011-08-01");
        await DrawAsync("AUC: in the test and since", "backtest");
        await DrawAsync("In words", "explain", "14911", "--as-of", "2011-08-01");
        await DrawAsync("How many have returned by when", "suggest");
        await DrawAsync("Said and seen", "evaluate", "--as-of", "2011-09-01");

        var looked = JsonDocument.Parse((await RunAsync("retrain", "--format", "json")).Done().Output).RootElement;
        Assert.True(looked.GetProperty("action").GetString() is "none" or "proposed", looked.ToString());
        Assert.Contains("drift of the scores", looked.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("measure").GetString()));
        var done = JsonDocument.Parse((await RunAsync("train", "--as-of", "2011-09-01", "--format", "json")).Done().Output).RootElement;
        var version = done.GetProperty("version").GetInt32().ToString(CultureInfo.InvariantCulture);
        (await RunAsync("score", "--as-of", "2011-08-01", "--version", version)).Done();
        Assert.Equal(["1", version], (await RunAsync("backtest", "--format", "csv")).Done().Output.Split('\n').Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',')[1]));

        var other = await RunAsync("score", "--as-of", "2011-08-01", "--horizon", "30");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("was trained by another definition", other.Error, StringComparison.Ordinal);
        await TamperAsync();
        foreach (var verb in (string[])["score", "evaluate", "retrain"])
        {
            var refused = await RunAsync(verb);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("was changed since it was trained", refused.Error, StringComparison.Ordinal);
        }
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => CommandLine.RunAsync(["churn", .. arguments, "-w", _folder.Path]);

    private async Task DrawAsync(string words, params string[] arguments)
    {
        var page = Path.Combine(_folder.Path, $"{arguments[0]}.html");
        (await RunAsync([.. arguments, "--format", "html", "--out", page])).Done();
        var html = await File.ReadAllTextAsync(page);
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(words, html, StringComparison.Ordinal);
    }

    private async Task TamperAsync()
    {
        await using var connection = new DuckDBConnection($"Data Source={Path.Combine(_folder.Path, "warehouse.duckdb")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE ops.churn_model SET artefact = artefact || ' '";
        await command.ExecuteNonQueryAsync();
    }
}
