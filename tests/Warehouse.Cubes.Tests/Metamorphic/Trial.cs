using FsCheck;
using FsCheck.Fluent;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>A star and the cases that it is tried with.</summary>
internal sealed record Trial(Star Star, IReadOnlyList<LawCase> Cases)
{
    public static Arbitrary<Trial> Arbitrary(int cases)
    {
        var trials =
            from star in RandomStar.Stars
            from tried in LawCase.Of(star).ListOf(cases)
            select new Trial(star, [.. tried]);
        return Arb.From(trials, Smaller);
    }

    public async Task Run()
    {
        await using var bases = new LawBases(Star);
        foreach (var tried in Cases)
        {
            if (await tried.Run(bases) is { } broken)
            {
                throw new InvalidOperationException($"{tried}\n{broken}");
            }
        }
    }

    public override string ToString() => $"{string.Join("\n", Cases)}\n{Star}";

    /// <summary>One case alone; then fewer facts, less of a question.</summary>
    private static IEnumerable<Trial> Smaller(Trial trial)
    {
        if (trial.Cases.Count > 1)
        {
            return trial.Cases.Select(one => trial with { Cases = [one] });
        }

        var facts = trial.Star.Home.Table.Rows;
        var halves = facts.Count < 2 ? [] : new[] { facts.Take(facts.Count / 2), facts.Skip(facts.Count / 2) };
        var fewer = halves.Concat(facts.Select((_, index) => facts.Where((_, other) => other != index)))
            .Select(rows => trial with { Star = trial.Star.With([.. rows]) });
        return fewer.Concat(trial.Cases[0].Smaller().Select(one => trial with { Cases = [one] }));
    }
}
