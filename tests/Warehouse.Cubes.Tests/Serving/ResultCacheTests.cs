using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Serving;

namespace Warehouse.Cubes.Tests.Serving;

public class ResultCacheTests
{
    private const string Roles = "roles:\n  kitchen:\n    cubes: { sales: product.category = 'kitchen' }\n";

    private static readonly CubeQuery Lines = new QueryTexts { Cube = "sales", Measures = "lines" }.Parse();

    private long _generation = 1;

    [Fact]
    public async Task TheSameQuestion_IsAnsweredFromMemory_UntilTheNextGeneration()
    {
        await using var shop = await Cached();
        var first = await shop.Engine.QueryAsync(Lines);
        await shop.Execute("DELETE FROM star.fact_sale WHERE sale_key = 1");

        var again = await shop.Engine.QueryAsync(Lines);
        _generation = 2;
        var next = await shop.Engine.QueryAsync(Lines);

        Assert.Same(first, again);
        Assert.Equal(6L, first.Rows[0].Values[0]);
        Assert.Equal(5L, next.Rows[0].Values[0]);
        Assert.Equal(2, next.Generation!.Number);
    }

    [Fact]
    public async Task AnotherAsker_IsGivenHisOwnAnswer()
    {
        await using var shop = await Cached();
        var access = CubeAccess.Of(shop.Engine.Model, "kitchen");

        Assert.Equal(6L, (await shop.Engine.QueryAsync(Lines)).Rows[0].Values[0]);
        Assert.Equal(4L, (await shop.Engine.QueryAsync(Lines, access)).Rows[0].Values[0]);
        Assert.Equal(6L, (await shop.Engine.QueryAsync(Lines)).Rows[0].Values[0]);
    }

    [Fact]
    public async Task AnAnswerOfANewerGeneration_IsNotKeptForTheOlderOne()
    {
        await using var shop = await CubeTest.Create(
            Shop.Tables,
            new CubeEngineOptions
            {
                Latest = () => new GenerationStamp(_generation, DateTimeOffset.UnixEpoch),
                Generation = (_, _) => Task.FromResult(new GenerationStamp(2, DateTimeOffset.UnixEpoch)),
            },
            Shop.Shared, Shop.Sales, Shop.Contacts);

        var first = await shop.Engine.QueryAsync(Lines);

        Assert.Equal(2, first.Generation!.Number);
        Assert.NotSame(first, await shop.Engine.QueryAsync(Lines));
    }

    [Fact]
    public async Task IdenticalQuestionsInFlight_AreAskedOnce()
    {
        var cache = new ResultCache(1_000);
        var computed = 0;
        var go = new TaskCompletionSource<CubeResult>();
        Task<CubeResult> Ask() => cache.GetAsync("q", new GenerationStamp(1, DateTimeOffset.UnixEpoch), _ =>
        {
            computed++;
            return go.Task;
        }, CancellationToken.None);

        var askers = Enumerable.Range(0, 8).Select(_ => Ask()).ToArray();
        go.SetResult(Answer);
        var answers = await Task.WhenAll(askers);

        Assert.Equal(1, computed);
        Assert.All(answers, answer => Assert.Same(Answer, answer));
    }

    [Fact]
    public async Task WhenTheLastWhoWaitsGivesUp_TheQuestionIsStopped_AndCanBeAskedAgain()
    {
        var cache = new ResultCache(1_000);
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        var stamp = new GenerationStamp(1, DateTimeOffset.UnixEpoch);
        async Task<CubeResult> Endless(CancellationToken stop)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, stop);
            }
            finally
            {
                stopped.SetResult();
            }

            return Answer;
        }

        var one = cache.GetAsync("q", stamp, Endless, first.Token);
        var two = cache.GetAsync("q", stamp, Endless, second.Token);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        Assert.False(stopped.Task.IsCompleted);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);

        await stopped.Task;
        Assert.Same(Answer, await cache.GetAsync("q", stamp, _ => Task.FromResult(Answer), CancellationToken.None));
    }

    [Fact]
    public async Task AFault_IsNotKept()
    {
        var cache = new ResultCache(1_000);
        var stamp = new GenerationStamp(1, DateTimeOffset.UnixEpoch);

        await Assert.ThrowsAsync<TimeoutException>(() => cache.GetAsync("q", stamp, _ => Task.FromException<CubeResult>(new TimeoutException()), CancellationToken.None));

        Assert.Same(Answer, await cache.GetAsync("q", stamp, _ => Task.FromResult(Answer), CancellationToken.None));
    }

    private static CubeResult Answer { get; } = new() { Generation = null, AsOf = null, Definition = "", Columns = [], Rows = [] };

    private Task<CubeTest> Cached() => CubeTest.Create(
        Shop.Tables,
        new CubeEngineOptions
        {
            Latest = () => new GenerationStamp(_generation, DateTimeOffset.UnixEpoch),
            Generation = (_, _) => Task.FromResult(new GenerationStamp(_generation, DateTimeOffset.UnixEpoch)),
        },
        Shop.Shared, Shop.Sales, Shop.Contacts, Roles);
}
