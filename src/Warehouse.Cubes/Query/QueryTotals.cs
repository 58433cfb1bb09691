using Warehouse.Cubes.Expressions;

namespace Warehouse.Cubes.Query;

/// <summary>Which totals a query shows beside its rows of the finest level.</summary>
public sealed record QueryTotals
{
    private QueryTotals(TotalsKind kind) => Kind = kind;

    public static QueryTotals None { get; } = new(TotalsKind.None);

    /// <summary>One of everything.</summary>
    public static QueryTotals Grand { get; } = new(TotalsKind.Grand);

    /// <summary>One of everything, and one at each change of the first members: by a, b, c also by a, b and by a.</summary>
    public static QueryTotals Rollup { get; } = new(TotalsKind.Rollup);

    /// <summary>Those of every choice of the members.</summary>
    public static QueryTotals Cube { get; } = new(TotalsKind.Cube);

    public TotalsKind Kind { get; }

    /// <summary>The members of each total, for <see cref="TotalsKind.Sets"/>.</summary>
    public IReadOnlyList<IReadOnlyList<Name>> Members { get; private init; } = [];

    /// <summary>Those of any sets of the query's members.</summary>
    public static QueryTotals Sets(IReadOnlyList<IReadOnlyList<Name>> members) => new(TotalsKind.Sets) { Members = members };
}

/// <summary>The ways to say which totals are wanted.</summary>
public enum TotalsKind
{
    None,
    Grand,
    Rollup,
    Cube,
    Sets,
}
