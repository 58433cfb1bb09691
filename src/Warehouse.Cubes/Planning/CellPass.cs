using Warehouse.Cubes.Model;

namespace Warehouse.Cubes.Planning;

/// <summary>How facts meet the stretches of time of a pass.</summary>
internal enum CellWay
{
    /// <summary>Each fact meets every stretch that holds its day.</summary>
    Facts,

    /// <summary>Facts are added up by day (or longer) first, and only these sums meet the stretches.</summary>
    Sums,

    /// <summary>
    /// Stretches that begin with the first day of all count each value on its first day: what was there once is there in every later
    /// stretch.
    /// </summary>
    FirstDays,
}

/// <summary>Leaves that one pass over facts gives.</summary>
/// <param name="Cube">Whose facts.</param>
/// <param name="Steps">Over which stretches of time.</param>
/// <param name="Way">How the facts meet them.</param>
/// <param name="Leaves">At least one.</param>
internal sealed record CellPass(Cube Cube, TimeSteps Steps, CellWay Way, IReadOnlyList<Leaf> Leaves)
{
    /// <summary>Which part of facts the leaves count, and for which members.</summary>
    public FactChoice Choice => Leaves[0].Choice.Pass;

    public static IReadOnlyList<CellPass> Of(IEnumerable<Leaf> leaves) =>
    [
        .. leaves
            .GroupBy(leaf => (leaf.Cube, leaf.Steps, Choice: leaf.Choice.Pass, Way: WayOf(leaf), Own: IsAlone(leaf) ? leaf : null))
            .Select(pass => new CellPass(pass.Key.Cube, pass.Key.Steps, pass.Key.Way, [.. pass])),
    ];

    private static bool IsAlone(Leaf leaf) => leaf.Measure.Definition is SemiAdditiveDefinition or NestedDefinition || WayOf(leaf) == CellWay.FirstDays;

    private static CellWay WayOf(Leaf leaf) => leaf switch
    {
        { Steps.IsNone: true } => CellWay.Facts,
        { Measure.Definition: AggregateDefinition { Kind: AggregateKind.Sum or AggregateKind.Count or AggregateKind.Min or AggregateKind.Max or AggregateKind.Avg } } => CellWay.Sums,
        { Measure.Definition: AggregateDefinition { Kind: AggregateKind.CountDistinct }, Steps.IsFromFirstDay: true } => CellWay.FirstDays,
        _ => CellWay.Facts,
    };
}
