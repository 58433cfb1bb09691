using Warehouse.Cubes.Query;
using Warehouse.Cubes.Serving;

namespace Warehouse.Cubes.Tests.Serving;

public class QueryLimitsTests
{
    [Fact]
    public async Task Queries_BeyondTheLimit_WaitTheirTurn_AndBeyondTheQueueAreRefused()
    {
        var admission = new Admission(new QueryLimits { MostAtOnce = 1, MostWaiting = 1 }, TimeProvider.System);
        var first = new TaskCompletionSource<int>();
        var running = admission.RunAsync(_ => first.Task, CancellationToken.None);
        var waiting = admission.RunAsync(_ => Task.FromResult(2), CancellationToken.None);

        var fault = await Assert.ThrowsAsync<QueryRefusedException>(() => admission.RunAsync(_ => Task.FromResult(3), CancellationToken.None));

        Assert.Equal(QueryRefusal.TooManyWaiting, fault.Reason);
        Assert.False(waiting.IsCompleted);
        first.SetResult(1);
        Assert.Equal(1, await running);
        Assert.Equal(2, await waiting);
        Assert.Equal(4, await admission.RunAsync(_ => Task.FromResult(4), CancellationToken.None));
    }

    [Fact]
    public async Task OneWhoWaits_CanGiveUp()
    {
        var admission = new Admission(new QueryLimits { MostAtOnce = 1, MostWaiting = 1 }, TimeProvider.System);
        var first = new TaskCompletionSource<int>();
        using var stop = new CancellationTokenSource();
        var running = admission.RunAsync(_ => first.Task, CancellationToken.None);
        var waiting = admission.RunAsync(_ => Task.FromResult(2), stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.SetResult(1);
        Assert.Equal(1, await running);
        Assert.Equal(3, await admission.RunAsync(_ => Task.FromResult(3), CancellationToken.None));
    }

    [Fact]
    public async Task AQueryThatRunsTooLong_IsStoppedInTheEngine()
    {
        await using var test = await CubeTest.Create(
            "CREATE TABLE many AS SELECT range AS a FROM range(3000); CREATE VIEW endless AS SELECT x.a, y.a AS b, z.a AS c, w.a AS d FROM many x, many y, many z, many w;",
            new CubeEngineOptions { Limits = new QueryLimits { LongestRun = TimeSpan.FromMilliseconds(200) } },
            "cube: c\ntable: endless\nmeasures: { s: { sum: a * b - c + d } }\n");

        var fault = await Assert.ThrowsAsync<QueryRefusedException>(() => test.Ask(new QueryTexts { Cube = "c", Measures = "s" }));

        Assert.Equal(QueryRefusal.TooLong, fault.Reason);
    }

    [Fact]
    public async Task AnAnswerWithTooManyRows_IsRefused()
    {
        await using var test = await CubeTest.Create(
            "CREATE TABLE f AS SELECT range AS a FROM range(100)",
            new CubeEngineOptions { Limits = new QueryLimits { MostRows = 99 } },
            "cube: c\ntable: f\ndimensions: { r: { attributes: [a] } }\nmeasures: { n: { count: rows } }\n");

        var fault = await Assert.ThrowsAsync<QueryRefusedException>(() => test.Ask(new QueryTexts { Cube = "c", Measures = "n", By = "r.a" }));

        Assert.Equal(QueryRefusal.TooManyRows, fault.Reason);
        Assert.Equal(99, (await test.Ask(new QueryTexts { Cube = "c", Measures = "n", By = "r.a", Limit = 99 })).Rows.Count);
    }
}
