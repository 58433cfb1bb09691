using Warehouse.Service.Api;

namespace Warehouse.Service.Tests.Api;

public class AnswerCacheTests
{
    private readonly AnswerCache _cache = new();

    [Fact]
    public async Task AnAnswerThatIsBeingMade_IsMadeOnce_AndGivenToAllWhoWaitForIt()
    {
        var (none, turn) = await _cache.TakeAsync("a", CancellationToken.None);
        var waiting = Enumerable.Range(0, 20).Select(_ => _cache.TakeAsync("a", CancellationToken.None)).ToArray();
        var (other, _) = await _cache.TakeAsync("b", CancellationToken.None);
        Assert.Null(none);
        Assert.Null(other);
        Assert.All(waiting, one => Assert.False(one.IsCompleted));

        var answer = new KeptAnswer("text/plain", new Dictionary<string, string>(StringComparer.Ordinal), [1]);
        _cache.Keep("a", answer);
        turn.End();

        Assert.All(await Task.WhenAll(waiting), given => Assert.Same(answer, given.Answer));
        turn.Dispose();
        Assert.Same(answer, _cache.Find("a"));
    }

    [Fact]
    public async Task AnAnswerThatIsNotKept_LeavesEachWhoWaited_ToMakeHisOwn()
    {
        var (_, turn) = await _cache.TakeAsync("a", CancellationToken.None);
        var waiting = Enumerable.Range(0, 20).Select(_ => _cache.TakeAsync("a", CancellationToken.None)).ToArray();

        turn.Dispose();

        Assert.All(await Task.WhenAll(waiting), given => Assert.Null(given.Answer));
        Assert.Null((await _cache.TakeAsync("a", CancellationToken.None)).Answer);
    }

    [Fact]
    public async Task WhoNoLongerWaits_IsLetGo_AndTheOthersWaitOn()
    {
        var (_, turn) = await _cache.TakeAsync("a", CancellationToken.None);
        using var gone = new CancellationTokenSource();
        var leaving = _cache.TakeAsync("a", gone.Token);
        var staying = _cache.TakeAsync("a", CancellationToken.None);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.False(staying.IsCompleted);
        turn.Dispose();
        Assert.Null((await staying).Answer);
    }
}
