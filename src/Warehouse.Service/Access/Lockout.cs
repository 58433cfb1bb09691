using System.Collections.Concurrent;

namespace Warehouse.Service.Access;

/// <summary>
/// Makes guessing slow: after so many failures for one subject (a user's name, an address) the next attempt waits, and twice as long
/// after each further failure, up to an hour. A success forgets them.
/// </summary>
internal sealed class Lockout(TimeProvider time)
{
    private const int MostSubjects = 100_000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> _subjects = new(StringComparer.Ordinal);

    /// <summary>How long the subject has to wait yet; zero where it may try.</summary>
    public TimeSpan Wait(string subject) =>
        _subjects.TryGetValue(subject, out var known) && known.Until > time.GetUtcNow() ? known.Until - time.GetUtcNow() : TimeSpan.Zero;

    /// <summary>Notes a failure.</summary>
    /// <param name="subject">Whose it is.</param>
    /// <param name="free">From which failure on the next attempt waits.</param>
    /// <returns>How long it waits now.</returns>
    public TimeSpan Fail(string subject, int free)
    {
        var now = time.GetUtcNow();
        if (_subjects.Count >= MostSubjects)
        {
            foreach (var (old, _) in _subjects.Where(known => known.Value.Until + Longest < now))
            {
                _subjects.TryRemove(old, out _);
            }
        }

        return _subjects.AddOrUpdate(
            subject,
            _ => (1, now),
            (_, known) => known.Until + Longest < now ? (1, now) : (known.Failures + 1, now + Pause(known.Failures + 1 - free))).Until - now;
    }

    public void Succeed(string subject) => _subjects.TryRemove(subject, out _);

    private static TimeSpan Pause(int beyond)
    {
        if (beyond < 0)
        {
            return TimeSpan.Zero;
        }

        var pause = First * Math.Pow(2, Math.Min(beyond, 10));
        return pause < Longest ? pause : Longest;
    }
}
