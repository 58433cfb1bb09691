using System.Collections.Concurrent;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Serving;

/// <summary>
/// Answers of the latest generation, by what was asked and who may see what. An identical question that is being answered is waited
/// for, not asked again. When there are too many values in it, or the generation is another, it begins anew.
/// </summary>
internal sealed class ResultCache(long mostValues)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private volatile Answers _answers = new(null);

    /// <summary>The answer, from memory where the same was asked of the same generation before.</summary>
    public Task<CubeResult> GetAsync(
        string key, GenerationStamp generation, Func<CancellationToken, Task<CubeResult>> compute, CancellationToken cancellationToken)
    {
        var answers = Of(generation);
        return answers.ByKey.TryGetValue(key, out var known)
            ? Task.FromResult(known)
            : FlyAsync(key, answers, compute, cancellationToken);
    }

    private async Task<CubeResult> FlyAsync(
        string key, Answers answers, Func<CancellationToken, Task<CubeResult>> compute, CancellationToken cancellationToken)
    {
        var own = FormattableString.Invariant($"{answers.Generation!.Number}:{key}");
        while (true)
        {
            var flight = _flights.GetOrAdd(own, _ => new Flight(stop => ComputeAsync(own, key, answers, compute, stop)));
            if (flight.TryJoin())
            {
                return await flight.WaitAsync(cancellationToken);
            }

            _flights.TryRemove(new KeyValuePair<string, Flight>(own, flight));
        }
    }

    private async Task<CubeResult> ComputeAsync(
        string own, string key, Answers answers, Func<CancellationToken, Task<CubeResult>> compute, CancellationToken stop)
    {
        try
        {
            var result = await compute(stop);

            // Published meanwhile: the answer is newer than what was asked, and right; but it is no answer of this generation.
            if (result.Generation is null || result.Generation == answers.Generation)
            {
                Keep(key, answers, result);
            }

            return result;
        }
        finally
        {
            _flights.TryRemove(own, out _);
        }
    }

    private Answers Of(GenerationStamp generation)
    {
        var answers = _answers;
        if (answers.Generation == generation)
        {
            return answers;
        }

        lock (_gate)
        {
            return _answers.Generation == generation ? _answers : _answers = new Answers(generation);
        }
    }

    private void Keep(string key, Answers answers, CubeResult result)
    {
        var values = (result.Rows.Count + 1L) * (result.Columns.Count + 1);
        if (values > mostValues)
        {
            return;
        }

        if (Interlocked.Add(ref answers.Values, values) > mostValues)
        {
            answers.ByKey.Clear();
            Interlocked.Exchange(ref answers.Values, values);
        }

        answers.ByKey[key] = result;
    }

    private sealed class Answers(GenerationStamp? generation)
    {
        public long Values;

        public GenerationStamp? Generation => generation;

        public ConcurrentDictionary<string, CubeResult> ByKey { get; } = new(StringComparer.Ordinal);
    }
}
