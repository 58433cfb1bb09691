using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Learners;

namespace Warehouse.Models.Churn.Training;

/// <summary>Which features the scores come from.</summary>
internal static class Importance
{
    private const int MostRows = 5000;

    public static IReadOnlyList<FeatureImportance> Of(ChurnModel model, FeatureTable table, int seed, CancellationToken cancellationToken)
    {
        var sample = table.Take(Splits.Sample(table.Rows, Math.Min(table.Rows, MostRows), seed));
        var rows = model.Encoding.Encode(sample);
        var contributions = new double[rows.Length];
        model.Scorer.Explain(rows, contributions, cancellationToken);
        var width = model.Encoding.Columns.Count;
        var sizes = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var feature in model.Encoding.Columns.Select(column => column.Feature).Distinct(StringComparer.Ordinal))
        {
            var columns = Enumerable.Range(0, width).Where(column => model.Encoding.Columns[column].Feature == feature).ToArray();
            sizes[feature] = Enumerable.Range(0, sample.Rows).Sum(row => Math.Abs(columns.Sum(column => contributions[(row * width) + column])));
        }

        var total = sizes.Values.Sum();
        return
        [
            .. sizes.Select(size => new FeatureImportance(size.Key, total > 0 ? size.Value / total : 0)).OrderByDescending(size => size.Share),
        ];
    }
}
