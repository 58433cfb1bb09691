namespace Warehouse.Campaigns.Measurement.Uplift;

/// <summary>
/// What would have been gained had only the customers with the best guesses been treated. Customers with equal guesses are
/// taken together, so that the order of rows has no say.
/// </summary>
/// <param name="Points">From nobody to everybody, twenty steps and the beginning.</param>
/// <param name="QiniCoefficient">
/// The area between the Qini curve and the straight line to its end, over the share of customers: positive where the
/// guesses are better than chance (Radcliffe 2007, « Using control groups to target on predicted lift », without his
/// division by the area of perfect guesses).
/// </param>
/// <param name="AreaUnderUplift">The area under the uplift curve.</param>
/// <param name="QiniScore">
/// The coefficient as a share of that of perfect guesses, which put the treated who responded first and the control customers who
/// responded last: 1 for these (scikit-uplift's <c>qini_auc_score</c>). Null where even these gain nothing.
/// </param>
public sealed record UpliftCurves(IReadOnlyList<UpliftPoint> Points, double QiniCoefficient, double AreaUnderUplift, double? QiniScore)
{
    private const int Steps = 20;

    internal static UpliftCurves Of(double[] scores, bool[] isTreated, bool[] responded)
    {
        var guessed = Areas(scores, isTreated, responded);
        var perfect = Areas([.. isTreated.Zip(responded, (treated, yes) => !yes ? 0d : treated ? 1d : -1d)], isTreated, responded);
        return new UpliftCurves(
            [.. Enumerable.Range(0, Steps + 1).Select(step => At(guessed.Points, (double)step / Steps))],
            guessed.Qini,
            guessed.Uplift,
            perfect.Qini == 0 ? null : guessed.Qini / perfect.Qini);
    }

    private static (List<UpliftPoint> Points, double Qini, double Uplift) Areas(double[] scores, bool[] isTreated, bool[] responded)
    {
        var totals = default(Counts);
        for (var row = 0; row < scores.Length; row++)
        {
            totals = totals.With(isTreated[row], responded[row]);
        }

        var all = new List<UpliftPoint> { new(0, 0, 0) };
        var counts = default(Counts);
        foreach (var equal in Enumerable.Range(0, scores.Length).GroupBy(row => scores[row]).OrderByDescending(group => group.Key))
        {
            foreach (var row in equal)
            {
                counts = counts.With(isTreated[row], responded[row]);
            }

            all.Add(counts.Point(totals));
        }

        var (qini, uplift) = (0d, 0d);
        for (var place = 1; place < all.Count; place++)
        {
            var width = all[place].Share - all[place - 1].Share;
            qini += width * (all[place].Qini + all[place - 1].Qini) / 2;
            uplift += width * (all[place].Uplift + all[place - 1].Uplift) / 2;
        }

        return (all, qini - (all[^1].Qini / 2), uplift);
    }

    private static UpliftPoint At(List<UpliftPoint> points, double share)
    {
        var next = points.FindIndex(point => point.Share >= share);
        if (next <= 0)
        {
            return next == 0 ? points[0] : points[^1];
        }

        var (before, after) = (points[next - 1], points[next]);
        var part = (share - before.Share) / (after.Share - before.Share);
        return new UpliftPoint(share, before.Qini + (part * (after.Qini - before.Qini)), before.Uplift + (part * (after.Uplift - before.Uplift)));
    }

    private readonly record struct Counts(int Treated, int TreatedYes, int Control, int ControlYes)
    {
        public Counts With(bool isTreated, bool responded) => isTreated
            ? this with { Treated = Treated + 1, TreatedYes = TreatedYes + (responded ? 1 : 0) }
            : this with { Control = Control + 1, ControlYes = ControlYes + (responded ? 1 : 0) };

        public UpliftPoint Point(Counts totals)
        {
            var share = (double)(Treated + Control) / (totals.Treated + totals.Control);
            var treatedRate = Treated == 0 ? 0 : (double)TreatedYes / Treated;
            var controlRate = Control == 0 ? 0 : (double)ControlYes / Control;
            return new UpliftPoint(
                share,
                (TreatedYes - (controlRate * Treated)) / totals.Treated,
                (treatedRate - controlRate) * share);
        }
    }
}

/// <summary>A point of the curves.</summary>
/// <param name="Share">The share of all customers who are treated, those with the best guesses first.</param>
/// <param name="Qini">
/// Qini curve: responses of the treated among them, less those that as many control customers would have given, for each
/// treated customer of the whole experiment: (Yt - Yc Nt / Nc) / Nt(all).
/// </param>
/// <param name="Uplift">Uplift curve: the difference of the response rates among them, times the share: (Yt / Nt - Yc / Nc) φ; the rate of nobody is 0.</param>
public sealed record UpliftPoint(double Share, double Qini, double Uplift);
