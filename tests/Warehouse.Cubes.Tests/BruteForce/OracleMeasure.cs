namespace Warehouse.Cubes.Tests.BruteForce;

/// <summary>A measure as text, and computed the long way.</summary>
/// <param name="Text">What a query says.</param>
/// <param name="Value">Its value in a cell.</param>
/// <param name="Stretches">The changes of time that it looks at; one that changes nothing is the cell's own facts.</param>
internal sealed record OracleMeasure(string Text, Func<OracleCell, decimal?> Value, params IReadOnlyList<TimeChange> Stretches)
{
    private static readonly OracleMeasure[] Simple =
    [
        new("amount", cell => Amount(cell.Facts())),
        new("rows", cell => cell.Facts().Count()),
        new("amounts", cell => cell.Facts().Count(fact => fact.Amount is not null)),
        new("customers", cell => Customers(cell.Facts())),
        new("kinds", cell => cell.Facts().Select(fact => fact.Kind).OfType<string>().Distinct().Count()),
        new("lowest", cell => cell.Facts().Min(fact => fact.Amount)),
        new("highest", cell => cell.Facts().Max(fact => fact.Amount)),
        new("mean", cell => cell.Facts().Average(fact => fact.Amount)),
        new("middle", cell => Median(cell.Facts())),
        new("back", cell => Back(cell.Facts())),
        new("per_customer", cell => Ratio(Amount(cell.Facts()), Customers(cell.Facts()))),
        new("net_share", cell => Ratio(Amount(cell.Facts()) - Back(cell.Facts()), cell.Facts().Count())),
        new("share(rows)", cell => Ratio(cell.Facts().Count(), cell.Total().Facts().Count())),
        new("total(customers)", cell => Customers(cell.Total().Facts())),
    ];

    private static readonly OracleMeasure[] OverTime =
    [
        new("prior(amount, month)", cell => Amount(cell.Facts(TimeChange.Months(-1))), TimeChange.Months(-1)),
        new("prior(customers, 2 months)", cell => Customers(cell.Facts(TimeChange.Months(-2))), TimeChange.Months(-2)),
        new("rolling(customers, 3 months)", cell => Customers(cell.Facts(TimeChange.Rolling(3))), TimeChange.Rolling(3)),
        new("to_date(per_customer, year)", cell => Ratio(Amount(cell.Facts(TimeChange.Year)), Customers(cell.Facts(TimeChange.Year))), TimeChange.Year),
        new("cumulative(middle)", cell => Median(cell.Facts(TimeChange.Cumulative)), TimeChange.Cumulative),
        new("change(rows, month)", cell => cell.Facts().Count() - cell.Facts(TimeChange.Months(-1)).Count(), TimeChange.None, TimeChange.Months(-1)),
        new("rolling(prior(amount, month), 2 months)", cell => Amount(cell.Facts(TimeChange.Months(-1).Then(TimeChange.Rolling(2)))), TimeChange.Months(-1).Then(TimeChange.Rolling(2))),
    ];

    public static OracleMeasure Any(Random random, bool overTime)
    {
        var measure = RandomShop.Pick(random, overTime && random.Next(2) == 0 ? OverTime : Simple);
        return measure.Stretches.Count == 0 ? measure with { Stretches = [TimeChange.None] } : measure;
    }

    private static decimal? Amount(IEnumerable<Fact> facts)
    {
        var amounts = facts.Select(fact => fact.Amount).OfType<decimal>().ToArray();
        return amounts.Length == 0 ? null : amounts.Sum();
    }

    private static decimal Customers(IEnumerable<Fact> facts) => facts.Where(fact => fact.Customer != -1).Select(fact => fact.Customer).Distinct().Count();

    private static decimal? Back(IEnumerable<Fact> facts)
    {
        var back = facts.Where(fact => fact.Count < 0 && fact.Kind is not null).ToArray();
        return back.Length == 0 ? null : back.Sum(fact => -fact.Count);
    }

    private static decimal? Median(IEnumerable<Fact> facts)
    {
        var counts = facts.Select(fact => (decimal)fact.Count).Order().ToArray();
        return counts.Length == 0 ? null : (counts[(counts.Length - 1) / 2] + counts[counts.Length / 2]) / 2;
    }

    private static decimal? Ratio(decimal? part, decimal? whole) => whole is 0 ? null : part / whole;
}
