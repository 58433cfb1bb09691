namespace Warehouse.Models.Churn.Evaluation;

/// <summary>A tenth of the customers by their score.</summary>
/// <param name="Number">1 is the tenth most likely to churn.</param>
/// <param name="Customers">How many.</param>
/// <param name="Churned">How many churned.</param>
/// <param name="Lift">Their churn rate as a multiple of everybody's.</param>
/// <param name="Gain">The share of all churners in this tenth and those before it.</param>
public sealed record Decile(int Number, int Customers, int Churned, double Lift, double Gain)
{
    private const int Parts = 10;

    internal static IReadOnlyList<Decile> Of(RankedScores ranked, bool[] churned)
    {
        var all = churned.Count(value => value);
        var sofar = 0;
        var deciles = new List<Decile>();
        for (var part = 0; part < Parts; part++)
        {
            var rows = ReliabilityBin.Part(ranked.Order, part, Parts);
            if (rows.Length == 0)
            {
                continue;
            }

            var found = 0;
            foreach (var row in rows)
            {
                found += churned[row] ? 1 : 0;
            }

            sofar += found;
            deciles.Add(new Decile(
                part + 1, rows.Length, found, (double)found / rows.Length / ((double)all / churned.Length), (double)sofar / all));
        }

        return deciles;
    }
}
