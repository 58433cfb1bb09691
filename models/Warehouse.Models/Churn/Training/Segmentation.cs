using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Features;

namespace Warehouse.Models.Churn.Training;

/// <summary>Judges a test within groups: by channel, by thirds of spend and of tenure.</summary>
internal static class Segmentation
{
    private const int FewestCustomers = 30;
    private const int Parts = 3;
    private static readonly string[] PartNames = ["lowest third", "middle third", "highest third"];

    public static IReadOnlyList<SegmentMetrics> Of(FeatureTable table, double[] probabilities, bool[] churned)
    {
        var segments = new List<SegmentMetrics>();
        foreach (var name in (string[])[FeatureNames.MainChannel, FeatureNames.Spent, FeatureNames.Tenure])
        {
            var column = table.IndexOf(name);
            if (column >= 0)
            {
                var groups = table.Columns[column].Levels is { } levels ? ByLevel(table, column, levels) : ByThird(table.Column(column));
                segments.AddRange(groups
                    .Where(group => group.Rows.Length >= FewestCustomers)
                    .Select(group => Judge(name, group.Name, group.Rows, probabilities, churned)));
            }
        }

        return segments;
    }

    private static IEnumerable<(string Name, int[] Rows)> ByLevel(FeatureTable table, int column, IReadOnlyList<string> levels) =>
        Enumerable.Range(0, table.Rows)
            .Where(row => !float.IsNaN(table[row, column]))
            .GroupBy(row => (int)table[row, column])
            .OrderBy(group => group.Key)
            .Select(group => (levels[group.Key], group.ToArray()));

    private static IEnumerable<(string Name, int[] Rows)> ByThird(float[] values)
    {
        var order = Enumerable.Range(0, values.Length).OrderBy(row => values[row]).ToArray();
        return Enumerable.Range(0, Parts).Select(part => (PartNames[part], ReliabilityBin.Part(order, part, Parts).ToArray()));
    }

    private static SegmentMetrics Judge(string by, string segment, int[] rows, double[] probabilities, bool[] churned)
    {
        var seen = rows.Select(row => churned[row]).ToArray();
        var said = rows.Select(row => probabilities[row]).ToArray();
        var auc = new RankedScores(said, seen).Auc();
        return new SegmentMetrics(
            by, segment, rows.Length, (double)seen.Count(value => value) / seen.Length, said.Average(), double.IsNaN(auc) ? null : auc);
    }
}
