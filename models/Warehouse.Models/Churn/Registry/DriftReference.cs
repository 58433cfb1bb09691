using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Registry;

/// <summary>How features and scores were spread when the model was tested, so that later ones can be held against it.</summary>
/// <param name="Spreads">By name; the scores are named score.</param>
public sealed record DriftReference(IReadOnlyDictionary<string, Spread> Spreads)
{
    /// <summary>The name by which scores stand among the features.</summary>
    public const string Score = "score";

    internal static DriftReference Of(FeatureEncoding encoding, FeatureTable table, double[] probabilities)
    {
        var spreads = new OrderedDictionary<string, Spread>(StringComparer.Ordinal) { [Score] = Spread.Of(probabilities) };
        foreach (var name in Numbers(encoding))
        {
            spreads[name] = Spread.Of(Values(table, name));
        }

        return new DriftReference(spreads);
    }

    /// <summary>
    /// The population stability index of each, the largest first. What is the same for everybody, then as well as now, tells of the
    /// calendar and not of customers, and does not drift.
    /// </summary>
    internal IReadOnlyList<Drift> Compare(FeatureTable table, double[] probabilities) =>
    [
        .. Spreads.Where(spread => spread.Key == Score || table.IndexOf(spread.Key) >= 0)
            .Select(spread => new Drift(spread.Key, spread.Value.StabilityIndex(spread.Key == Score ? probabilities : Values(table, spread.Key))))
            .OrderByDescending(drift => drift.Index),
    ];

    private static IEnumerable<string> Numbers(FeatureEncoding encoding) =>
        encoding.Columns.Where(column => column.Level is null).Select(column => column.Feature);

    private static double[] Values(FeatureTable table, string name) =>
        Array.ConvertAll(table.Column(table.IndexOf(name)), value => (double)value);
}

/// <summary>How much a feature or the score has moved since the model was tested.</summary>
/// <param name="Name">The feature; score for the scores.</param>
/// <param name="Index">
/// Population stability index: Σ (now - then) log(now / then) over tenths of then. Below .1 little has moved, above .25 much has.
/// </param>
public sealed record Drift(string Name, double Index);

/// <summary>A spread of values: edges between tenths, and the share of each part; missing values are a part of their own.</summary>
/// <param name="Edges">Rising; a value belongs to the first part whose edge is not below it.</param>
/// <param name="Shares">One more than edges, and the share of missing values last.</param>
public sealed record Spread(IReadOnlyList<double> Edges, IReadOnlyList<double> Shares)
{
    private const int Parts = 10;
    private const double LeastShare = 1e-4;

    internal static Spread Of(double[] values)
    {
        var present = Array.FindAll(values, value => !double.IsNaN(value));
        Array.Sort(present);
        double[] edges =
        [
            .. Enumerable.Range(1, Parts - 1).Where(_ => present.Length > 0)
                .Select(part => present[(int)((long)present.Length * part / Parts)]).Distinct(),
        ];
        return new Spread(edges, SharesOf(values, edges));
    }

    /// <summary>How far other values are from these.</summary>
    internal double StabilityIndex(double[] values) => IsOneValue && Of(values).IsOneValue ? 0 :
        Shares.Zip(SharesOf(values, [.. Edges]), (then, now) => (Math.Max(then, LeastShare), Math.Max(now, LeastShare)))
            .Sum(pair => (pair.Item2 - pair.Item1) * Math.Log(pair.Item2 / pair.Item1));

    /// <summary>Whether one value, and none beside it, holds for everybody.</summary>
    private bool IsOneValue => Edges.Count == 1 && Shares[0] == 1;

    private static double[] SharesOf(double[] values, double[] edges)
    {
        var counts = new double[edges.Length + 2];
        foreach (var value in values)
        {
            var place = double.IsNaN(value) ? edges.Length + 1 : Array.BinarySearch(edges, value);
            counts[place < 0 ? ~place : place]++;
        }

        return [.. counts.Select(count => count / Math.Max(1, values.Length))];
    }
}
