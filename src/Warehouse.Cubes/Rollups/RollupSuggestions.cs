using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Rollups;

/// <summary>
/// Proposes rollups of one cube by what was asked: of the members of each question, and of every two questions together, those that
/// would have saved the most time, as long as they have far fewer rows than the facts.
/// </summary>
/// <param name="cube">The cube.</param>
/// <param name="asked">What was asked of it.</param>
/// <param name="rows">Counts the rows that a rollup by some members would have.</param>
/// <param name="facts">How many rows the facts have.</param>
internal sealed class RollupSuggestions(Cube cube, IReadOnlyList<AskedQuery> asked, Func<Rollup, Task<long>> rows, long facts)
{
    private const int MostSuggested = 3;
    private const int MostCombined = 12;
    private const int MostCounted = 8;

    /// <summary>A rollup has to have at most one row for so many facts.</summary>
    private const int LeastFactsPerRow = 10;

    public async Task<IReadOnlyList<RollupSuggestion>> FindAsync()
    {
        var open = asked.Select(query => (Query: query, Members: Members(query))).Where(query => query.Members is not null).ToList();
        var suggestions = new List<RollupSuggestion>();
        while (open.Count > 0 && suggestions.Count < MostSuggested && await BestAsync(open!) is { } best)
        {
            suggestions.Add(best);
            open.RemoveAll(query => IsCovered(query.Members!, best.By));
        }

        return suggestions;
    }

    private async Task<RollupSuggestion?> BestAsync(List<(AskedQuery Query, Name[] Members)> open)
    {
        var single = open.GroupBy(query => Key(query.Members)).OrderByDescending(same => same.Sum(query => query.Query.Milliseconds)).Select(same => same.First().Members).ToArray();
        var pairs = single.Take(MostCombined).SelectMany((left, place) => single.Take(MostCombined).Skip(place + 1).Select(right => Finest([.. left, .. right])));
        var candidates = single.Concat(pairs).DistinctBy(Key)
            .Select(members => (Members: members, Covered: open.Where(query => IsCovered(query.Members, members)).Select(query => query.Query).ToArray()))
            .OrderByDescending(candidate => candidate.Covered.Sum(query => query.Milliseconds))
            .ThenBy(candidate => candidate.Members.Length)
            .Take(MostCounted);
        foreach (var (members, covered) in candidates)
        {
            string[] measures = [.. cube.Measures.Keys.Where(measure => covered.Any(query => query.Measures.Contains(measure, StringComparer.Ordinal)))];
            var count = await rows(new Rollup("suggested", cube.Table, members, measures));
            if (count * LeastFactsPerRow <= facts)
            {
                return new RollupSuggestion(cube.Name, members, measures, covered.Length, covered.Sum(query => query.Milliseconds), count, facts);
            }
        }

        return null;
    }

    /// <summary>The members of a question that the cube still has; null where it has not all of them any more.</summary>
    private Name[]? Members(AskedQuery query)
    {
        var members = new List<Name>();
        foreach (var member in query.Members)
        {
            var at = member.IndexOf('.', StringComparison.Ordinal);
            if (at < 0 || !cube.Roles.TryGetValue(member[..at], out var role) || !role.Dimension.Attributes.ContainsKey(member[(at + 1)..]))
            {
                return null;
            }

            members.Add(new Name(member[..at], member[(at + 1)..]));
        }

        return query.Measures.All(cube.Measures.ContainsKey) ? Finest(members) : null;
    }

    /// <summary>Without periods that are made of others among them.</summary>
    private Name[] Finest(IReadOnlyList<Name> members)
    {
        var distinct = members.DistinctBy(member => member.Text).OrderBy(member => member.Text, StringComparer.Ordinal).ToArray();
        return [.. distinct.Where(member => !distinct.Any(other => other.Text != member.Text && Gives(other, member)))];
    }

    private bool IsCovered(IEnumerable<Name> needed, IReadOnlyList<Name> kept) => needed.All(member => kept.Any(other => Gives(other, member)));

    /// <summary>Whether a member that is kept gives another: itself, or the month its quarter.</summary>
    private bool Gives(Name kept, Name needed) =>
        kept.Text == needed.Text
        || (kept.First == needed.First
            && cube.Roles[kept.First].Dimension is { Calendar: { } calendar } dimension
            && dimension.Attributes[kept.Second!].Unit is { } inner
            && dimension.Attributes[needed.Second!].Unit is { } outer
            && calendar.Nests(inner, outer));

    private static string Key(IEnumerable<Name> members) => string.Join('\n', members.Select(member => member.Text));
}
