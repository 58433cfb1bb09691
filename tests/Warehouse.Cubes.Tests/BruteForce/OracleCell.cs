namespace Warehouse.Cubes.Tests.BruteForce;

/// <summary>One combination of members, some of them totalled over, and the facts that belong to it.</summary>
internal sealed record OracleCell(OracleQuery Query, IReadOnlyList<object?> Values, int Set)
{
    /// <summary>The facts of the cell, or those that it has over another stretch of time.</summary>
    public IEnumerable<Fact> Facts(TimeChange? change = null)
    {
        var kept = Query.Keys.Where((_, index) => (Set & (1 << index)) == 0).ToArray();
        if (change is null || change.IsNone)
        {
            return Query.Shop.Facts.Where(fact => Query.Where.Holds(fact) is true && kept.All(key => Equals(key.Of(fact), Values[key.Index])));
        }

        if (Query.Stretch(kept, Values) is not { } own)
        {
            return [];
        }

        var (from, to) = change.Apply(own);
        return Query.Shop.Facts.Where(fact =>
            fact.HasDay && fact.Day >= from && fact.Day < to && Query.OtherWhere.Holds(fact) is true
            && kept.Where(key => key.Months == 0).All(key => Equals(key.Of(fact), Values[key.Index])));
    }

    /// <summary>The cell that totals over everything.</summary>
    public OracleCell Total() => this with { Set = (1 << Query.Keys.Count) - 1 };
}
