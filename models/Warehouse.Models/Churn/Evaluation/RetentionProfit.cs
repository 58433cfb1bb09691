using MathNet.Numerics.Distributions;

namespace Warehouse.Models.Churn.Evaluation;

/// <summary>
/// What an offer to those most likely to churn would bring. A churner who is reached accepts with probability γ and stays:
/// value less offer less contact; else the contact is lost. Who would have stayed takes the offer: offer and contact are lost.
/// </summary>
/// <param name="Economics">The values that it is reckoned with.</param>
/// <param name="ByDepth">Expected profit when the most likely share of customers is reached, γ at its mean.</param>
/// <param name="BestDepth">The share, of those listed, with the most profit; 0 where none brings any.</param>
/// <param name="Empc">
/// Expected maximum profit per customer over all customers, γ being Beta-distributed and the depth the best for each γ
/// (Verbraken, Verbeke and Baesens 2013, equations 20 to 24).
/// </param>
public sealed record RetentionProfit(ChurnEconomics Economics, IReadOnlyList<DepthProfit> ByDepth, double BestDepth, double Empc)
{
    private const int Depths = 20;

    internal static RetentionProfit Of(RankedScores ranked, bool[] churned, ChurnEconomics economics)
    {
        var byDepth = ProfitByDepth(ranked, churned, economics);
        var best = byDepth.MaxBy(depth => depth.Profit)!;
        return new RetentionProfit(economics, byDepth, best.Profit > 0 ? best.Depth : 0, ExpectedMaximum(ranked.Roc(), economics));
    }

    private static List<DepthProfit> ProfitByDepth(RankedScores ranked, bool[] churned, ChurnEconomics economics)
    {
        var ofChurner = (economics.Acceptance * (economics.Value - economics.OfferCost)) - economics.ContactCost;
        var ofOther = -economics.OfferCost - economics.ContactCost;
        var profits = new List<DepthProfit>();
        var profit = 0.0;
        for (var part = 0; part < Depths; part++)
        {
            foreach (var row in ReliabilityBin.Part(ranked.Order, part, Depths))
            {
                profit += churned[row] ? ofChurner : ofOther;
            }

            profits.Add(new DepthProfit((part + 1.0) / Depths, profit));
        }

        return profits;
    }

    /// <summary>The integral over γ, piece by piece: each corner of the hull of the ROC curve is the best depth for an interval of γ.</summary>
    private static double ExpectedMaximum(List<RocPoint> roc, ChurnEconomics economics)
    {
        var customers = roc[^1].Churners + roc[^1].Others;
        var hull = Hull(roc);
        var acceptance = new Beta(economics.AcceptanceAlpha, economics.AcceptanceBeta);
        var weighted = new Beta(economics.AcceptanceAlpha + 1, economics.AcceptanceBeta);
        var (kept, lost) = (economics.Value - economics.OfferCost, economics.OfferCost + economics.ContactCost);
        var (profit, from) = (0.0, 0.0);
        for (var corner = 0; corner < hull.Count && from < 1; corner++)
        {
            var point = hull[corner];
            var to = 1.0;
            if (corner + 1 < hull.Count)
            {
                var churners = hull[corner + 1].Churners - point.Churners;
                var others = hull[corner + 1].Others - point.Others;
                to = churners <= 0 ? 1 : Math.Clamp(((others * lost) + (churners * economics.ContactCost)) / (churners * kept), from, 1);
            }

            var mass = acceptance.CumulativeDistribution(to) - acceptance.CumulativeDistribution(from);
            var mean = economics.Acceptance * (weighted.CumulativeDistribution(to) - weighted.CumulativeDistribution(from));
            profit += (point.Churners * ((mean * kept) - (mass * economics.ContactCost))) - (point.Others * mass * lost);
            from = to;
        }

        return profit / customers;
    }

    /// <summary>The corners of the curve's upper hull, from (0, 0).</summary>
    private static List<RocPoint> Hull(List<RocPoint> roc)
    {
        var hull = new List<RocPoint>();
        foreach (var point in roc)
        {
            while (hull.Count >= 2 && Turn(hull[^2], hull[^1], point) >= 0)
            {
                hull.RemoveAt(hull.Count - 1);
            }

            hull.Add(point);
        }

        return hull;
    }

    private static double Turn(RocPoint a, RocPoint b, RocPoint c) =>
        ((b.Others - a.Others) * (c.Churners - a.Churners)) - ((b.Churners - a.Churners) * (c.Others - a.Others));
}

/// <summary>The profit of reaching a share of the customers.</summary>
/// <param name="Depth">The share, the most likely to churn first.</param>
/// <param name="Profit">Expected profit of all of them together, in the reporting currency.</param>
public sealed record DepthProfit(double Depth, double Profit);
