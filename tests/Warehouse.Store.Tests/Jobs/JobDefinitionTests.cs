using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Store.Tests.Jobs;

public sealed class JobDefinitionTests : IDisposable
{
    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Job_WithoutATimeOfItsOwn_IsDueWithTheFirstThatItFollows()
    {
        var jobs = Read("score: {run: churn score, after: [snapshot, load]}\n  snapshot: {run: snapshot, after: load}\n  load: {run: load, at: 0 2 * * *}");

        Assert.Equal(["score", "snapshot", "load"], jobs.Select(job => job.Name));
        Assert.All(jobs, job => Assert.Equal("0 2 * * * Europe/London", job.Schedule.Text));
    }

    [Theory]
    [InlineData("load: {run: load, at: 0 25 * * *}", "warehouse.yaml:5:25", "\"0 25 * * *\" is no cron expression")]
    [InlineData("load: {run: load, every: 30m}", "warehouse.yaml:5:28", "not \"30m\"")]
    [InlineData("load: {run: load, at: 0 2 * * *}\n  score: {run: churn score, after: laod}", "warehouse.yaml:6:36", "There is no job \"laod\". Did you mean \"load\"?")]
    [InlineData("a: {run: load, after: b}\n  b: {run: load, after: a}", "warehouse.yaml:6:25", "\"b\" cannot come after \"a\", which comes after it.")]
    [InlineData("load: {run: load, at: 0 2 * * *, time_zone: Europe/Lodnon}", "warehouse.yaml:5:47", "\"Europe/London\"")]
    [InlineData("load: {run: load}", "warehouse.yaml:5:3", "\"load\" is never due")]
    public void Job_AtFault_IsToldWithItsPlace(string said, string place, string message)
    {
        var fault = Assert.Single(Assert.Throws<DefinitionException>(() => Read(said)).Faults);

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal(place, $"{fault.File}:{fault.Line}:{fault.Column}");
    }

    [Fact]
    public void Retries_WaitTwiceAsLongEachTime()
    {
        var retries = new JobRetries(4, TimeSpan.FromMinutes(5));

        Assert.Equal([5, 10, 20, 40], Enumerable.Range(1, 4).Select(attempt => (int)retries.After(attempt)!.Value.TotalMinutes));
        Assert.Null(retries.After(5));
    }

    private IReadOnlyList<JobDefinition> Read(string jobs)
    {
        _folder.Write(Workspace.FileName, $"name: a\ncurrency: GBP\ntime_zone: Europe/London\njobs:\n  {jobs}\n");
        return Workspace.Open(_folder.Path).Definition.Jobs;
    }
}
