using Warehouse.Models.Churn.Features;

namespace Warehouse.Models.Churn.Learners;

/// <summary>Rows to learn from or to be judged by.</summary>
/// <param name="Features">What was known.</param>
/// <param name="Churned">What happened, a value a row.</param>
/// <param name="Groups">Rows of one group (a customer at several dates) never stand on both sides of a split.</param>
public sealed record Examples(FeatureTable Features, bool[] Churned, int[] Groups)
{
    /// <summary>How many rows there are.</summary>
    public int Count => Churned.Length;

    /// <summary>How many of them churned.</summary>
    public int Churners => Churned.Count(churned => churned);

    /// <summary>The rows of these places.</summary>
    public Examples Take(int[] rows) =>
        new(Features.Take(rows), [.. rows.Select(row => Churned[row])], [.. rows.Select(row => Groups[row])]);

    /// <summary>Several sets one after the other; categories are counted anew over all of them.</summary>
    public static Examples Concatenate(IReadOnlyList<Examples> parts) => parts.Count == 1
        ? parts[0]
        : new Examples(
            StackedTables.Of([.. parts.Select(part => part.Features)]),
            [.. parts.SelectMany(part => part.Churned)],
            [.. parts.SelectMany(part => part.Groups)]);
}
