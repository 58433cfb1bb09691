using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Horizons;

/// <summary>
/// Proposes a horizon: whoever is away longer than 90 % of those who return took between purchases will hardly return.
/// Gaps that are still open count as long as they have lasted, so that recent purchases do not shorten the curve.
/// </summary>
internal static class HorizonSearch
{
    /// <summary>Fewer ended gaps than this show no curve.</summary>
    private const int FewestGaps = 100;

    private const double Returning = 0.9;

    private static readonly int[] Shown = [7, 14, 30, 45, 60, 75, 90, 120, 150, 180, 270, 365, 545, 730];

    public static async Task<HorizonSuggestion> SuggestAsync(DbConnection connection, ChurnDate asOf, CancellationToken cancellationToken)
    {
        var generation = await Generation.CurrentAsync(connection, cancellationToken);
        var gaps = await connection.RowsAsync(
            SqlFile.Read(typeof(HorizonSearch), "Churn/Horizons/gaps.sql"),
            row => new Gap((int)row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken,
            ("as_of", asOf.Date),
            ("known_before", asOf.KnownBefore));
        var (ended, open) = (gaps.Sum(gap => gap.Ended), gaps.Sum(gap => gap.Open));
        var returned = Returned(gaps);
        var all = returned.Count == 0 ? 0 : returned[^1].Share;
        var isEnough = ended >= FewestGaps;
        return new HorizonSuggestion(
            generation.Number,
            asOf.Date,
            isEnough ? returned.First(point => point.Share >= Returning * all).Days : null,
            ended,
            open,
            isEnough
                ? [.. Shown.Where(days => days >= returned[0].Days && days <= returned[^1].Days).Select(days => PointAt(days, returned, all))]
                : [],
            isEnough ? [] : [FormattableString.Invariant($"Only {ended} purchases were followed by another: it takes {FewestGaps} to show how long customers stay away.")]);
    }

    /// <summary>One less the product, over the lengths of ended gaps, of the share of those still away who stay so (Kaplan and Meier).</summary>
    private static List<(int Days, double Share)> Returned(List<Gap> gaps)
    {
        var points = new List<(int, double)>();
        var away = (double)gaps.Sum(gap => gap.Ended + gap.Open);
        var stays = 1.0;
        foreach (var gap in gaps)
        {
            if (gap.Ended > 0)
            {
                stays *= 1 - (gap.Ended / away);
                points.Add((gap.Days, 1 - stays));
            }

            away -= gap.Ended + gap.Open;
        }

        return points;
    }

    private static ReturnPoint PointAt(int days, List<(int Days, double Share)> returned, double all)
    {
        var share = returned.Last(point => point.Days <= days).Share;
        return new ReturnPoint(days, share, share / all);
    }

    private readonly record struct Gap(int Days, long Ended, long Open);
}
