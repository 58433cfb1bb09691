namespace Warehouse.Models.Churn.Evaluation;

/// <summary>Customers with like probabilities.</summary>
/// <param name="Customers">How many.</param>
/// <param name="Said">The mean of their probabilities.</param>
/// <param name="Seen">The share that churned.</param>
public sealed record ReliabilityBin(int Customers, double Said, double Seen)
{
    /// <summary>Bins of equally many customers, the least likely first.</summary>
    internal static IReadOnlyList<ReliabilityBin> Of(RankedScores ranked, double[] probabilities, bool[] churned, int bins)
    {
        var result = new List<ReliabilityBin>();
        for (var bin = bins - 1; bin >= 0; bin--)
        {
            var rows = Part(ranked.Order, bin, bins);
            if (rows.Length > 0)
            {
                var (said, seen) = (0.0, 0);
                foreach (var row in rows)
                {
                    said += probabilities[row];
                    seen += churned[row] ? 1 : 0;
                }

                result.Add(new ReliabilityBin(rows.Length, said / rows.Length, (double)seen / rows.Length));
            }
        }

        return result;
    }

    /// <summary>One of so many parts of a list that are as equal as they can be.</summary>
    internal static ReadOnlySpan<int> Part(ReadOnlySpan<int> rows, int part, int parts)
    {
        var first = (int)((long)rows.Length * part / parts);
        var end = (int)((long)rows.Length * (part + 1) / parts);
        return rows[first..end];
    }
}
