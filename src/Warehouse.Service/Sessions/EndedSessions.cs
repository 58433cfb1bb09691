using System.Collections.Concurrent;
using System.Globalization;

namespace Warehouse.Service.Sessions;

/// <summary>The sessions that were ended before their time, also over a restart: a cookie that somebody kept is worth nothing any more.</summary>
internal sealed class EndedSessions
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended;

    public EndedSessions(SessionFolder folder, TimeProvider time)
    {
        _path = folder.PathOf("ended");
        var now = time.GetUtcNow();
        var noted = File.Exists(_path) ? File.ReadLines(_path).Select(line => line.Split(' ')) : [];
        _ended = new(
            noted
                .Where(parts => parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
                .Select(parts => KeyValuePair.Create(parts[0], DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], CultureInfo.InvariantCulture))))
                .Where(known => known.Value > now)
                .DistinctBy(known => known.Key),
            StringComparer.Ordinal);
        File.WriteAllLines(_path, _ended.Select(Line));
    }

    public bool Has(string session) => _ended.ContainsKey(session);

    /// <summary>Ends a session that could have lasted until then.</summary>
    public void Add(string session, DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_ended.TryAdd(session, until))
            {
                File.AppendAllLines(_path, [Line(KeyValuePair.Create(session, until))]);
            }
        }
    }

    private static string Line(KeyValuePair<string, DateTimeOffset> ended) =>
        string.Create(CultureInfo.InvariantCulture, $"{ended.Key} {ended.Value.ToUnixTimeSeconds() + 1}");
}
