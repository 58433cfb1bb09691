using System.Globalization;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>
/// Every kind of customer that the rules tell apart, and the stage of each: a table with one axis per trait. Place 0 of an
/// axis is « unknown », place 1 is below the first cut, and so on.
/// </summary>
internal sealed class StageCells
{
    private readonly int _traits = CustomerTraits.Names.Count;

    public StageCells(IReadOnlyList<StageRule> rules)
    {
        CutsOf = [.. Enumerable.Range(0, _traits).Select(trait => Cuts(rules, trait))];
        if (Count > 1_000_000)
        {
            (Stages, Faults) = ([], []);
            return;
        }

        var stages = new string?[Count];
        var faults = new List<StageFault>();
        var places = new int[_traits];
        for (var cell = 0; cell < stages.Length; cell++)
        {
            Locate(cell, places);
            if (!CanBe(places))
            {
                continue;
            }

            var having = rules.Where(rule => Meets(rule, places)).Select(rule => rule.Stage).Distinct(StringComparer.Ordinal).ToList();
            stages[cell] = having.FirstOrDefault();
            if (having.Count != 1)
            {
                faults.Add(new StageFault(having, Words(places)));
            }
        }

        (Stages, Faults) = (stages, faults);
    }

    /// <summary>Where the rules cut each trait, rising.</summary>
    public IReadOnlyList<double[]> CutsOf { get; }

    /// <summary>Kinds of customer, also those that cannot be.</summary>
    public long Count => CutsOf.Aggregate(1L, (count, cuts) => count * (cuts.Length + 2));

    /// <summary>The stage of each kind, the last trait running fastest; null for kinds that cannot be.</summary>
    public string?[] Stages { get; }

    /// <summary>The kinds that are in no stage, or in several.</summary>
    public IReadOnlyList<StageFault> Faults { get; }

    private static double[] Cuts(IReadOnlyList<StageRule> rules, int trait) =>
    [
        .. rules.SelectMany(rule => new[] { rule.Ranges[trait].From, rule.Ranges[trait].Below })
            .OfType<double>()
            .Concat(trait == (int)CustomerTrait.Orders ? [1] : [])
            .Distinct()
            .Order(),
    ];

    private void Locate(int cell, int[] places)
    {
        for (var trait = _traits - 1; trait >= 0; trait--)
        {
            (cell, places[trait]) = Math.DivRem(cell, CutsOf[trait].Length + 2);
        }
    }

    private bool CanBe(int[] places)
    {
        var buys = places[0] > 0 && EdgeOf(0, places[0]) >= 1;
        return CustomerTraits.Names.All(named =>
            (places[(int)named.Trait] > 0 || CustomerTraits.CanBeUnknown(named.Trait))
            && (!CustomerTraits.IsOfBuyers(named.Trait) || places[(int)named.Trait] > 0 == buys)
            && (named.Trait != CustomerTrait.Trend || buys || places[(int)named.Trait] == 0));
    }

    private bool Meets(StageRule rule, int[] places) => rule.Ranges.Select((range, trait) =>
        places[trait] == 0 ? range.TakesUnknown : range.Takes(EdgeOf(trait, places[trait]))).All(takes => takes);

    private double? EdgeOf(int trait, int place) => place <= 1 ? null : CutsOf[trait][place - 2];

    private string Words(int[] places) => string.Join(", ", CustomerTraits.Names.Select(named =>
    {
        var (trait, cuts) = ((int)named.Trait, CutsOf[(int)named.Trait]);
        return (places[trait], cuts.Length) switch
        {
            (0, _) => $"{named.Name} unknown",
            (_, 0) => $"any {named.Name}",
            (1, _) => string.Create(CultureInfo.InvariantCulture, $"{named.Name} below {cuts[0]}"),
            var (place, count) when place == count + 1 => string.Create(CultureInfo.InvariantCulture, $"{named.Name} from {cuts[^1]}"),
            var (place, _) => string.Create(CultureInfo.InvariantCulture, $"{named.Name} from {cuts[place - 2]} below {cuts[place - 1]}"),
        };
    }));
}

/// <summary>A kind of customer that the rules put into no stage, or into several.</summary>
internal sealed record StageFault(IReadOnlyList<string> Stages, string Words);
