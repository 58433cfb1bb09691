using System.Collections.Concurrent;

namespace Warehouse.Service.Api;

/// <summary>
/// Answers as they were sent, by their tags: a tag says everything that an answer depends on, so that what it finds is right. When
/// they hold too much, all are forgotten: most of them are of states that have passed.
/// </summary>
internal sealed class AnswerCache
{
    private const long MostBytes = 64 * 1024 * 1024;
    private readonly ConcurrentDictionary<string, KeptAnswer> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _underWay = new(StringComparer.Ordinal);
    private long _bytes;
    private long _hits;
    private long _misses;

    /// <summary>How often an answer was found.</summary>
    public long Hits => Volatile.Read(ref _hits);

    /// <summary>How often none was.</summary>
    public long Misses => Volatile.Read(ref _misses);

    public KeptAnswer? Find(string tag)
    {
        var found = _answers.GetValueOrDefault(tag);
        Interlocked.Increment(ref found is null ? ref _misses : ref _hits);
        return found;
    }

    /// <summary>
    /// The answer, or the turn to make it. An answer that another is making is waited for; where none comes of that, because it failed
    /// or is too large to be kept, everybody who waited makes his own.
    /// </summary>
    public async Task<(KeptAnswer? Answer, AnswerTurn Turn)> TakeAsync(string tag, CancellationToken cancellationToken)
    {
        var ends = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _underWay.GetOrAdd(tag, ends);
        if (first == ends)
        {
            return (null, new AnswerTurn(tag, () =>
            {
                _underWay.TryRemove(KeyValuePair.Create(tag, ends));
                ends.TrySetResult();
            }));
        }

        await first.Task.WaitAsync(cancellationToken);
        return (Find(tag), new AnswerTurn(tag, () => { }));
    }

    public void Keep(string tag, KeptAnswer answer)
    {
        if (Interlocked.Add(ref _bytes, answer.Body.Length) > MostBytes)
        {
            _answers.Clear();
            Interlocked.Exchange(ref _bytes, answer.Body.Length);
        }

        _answers[tag] = answer;
    }
}

/// <summary>The making of an answer.</summary>
/// <param name="Tag">The answer's tag.</param>
/// <param name="End">Lets go on those who wait for it: it is kept, or will not be.</param>
internal sealed record AnswerTurn(string Tag, Action End) : IDisposable
{
    public void Dispose() => End();
}

/// <summary>An answer as it was sent.</summary>
/// <param name="MediaType">Its content type.</param>
/// <param name="Headers">What is said beside it: notes, a reserve, other pages.</param>
/// <param name="Body">Its bytes.</param>
internal sealed record KeptAnswer(string MediaType, IReadOnlyDictionary<string, string> Headers, byte[] Body);
