namespace Warehouse.Campaigns.Measurement.Uplift;

/// <summary>How the effect on a single customer is guessed.</summary>
public enum UpliftModel
{
    /// <summary>One model of the treated, one of the control; the uplift is the difference of what they say.</summary>
    TwoModels,

    /// <summary>
    /// One model of a turned-round outcome, yes for a treated customer who responded and for a control customer who did not:
    /// the uplift is 2 P(yes) - 1 (Jaśkowski and Jaroszewicz 2012, « Uplift modeling for clinical trial data »). Arms of
    /// unequal size are weighted to equal ones.
    /// </summary>
    ClassTransformation,
}

/// <summary>Guesses of the effect on every customer of two arms, each by a model that has not seen the customer.</summary>
internal static class UpliftScores
{
    private const int Folds = 2;

    /// <summary>A guess for each customer, in their order.</summary>
    public static double[] Of(UpliftModel kind, double[][] columns, bool[] isTreated, bool[] responded, ulong seed)
    {
        var random = new SplitMix(seed);
        var fold = isTreated.Select(_ => random.Below(Folds)).ToArray();
        var scores = new double[isTreated.Length];
        for (var held = 0; held < Folds; held++)
        {
            var seen = Enumerable.Range(0, fold.Length).Where(row => fold[row] != held).ToArray();
            var score = kind == UpliftModel.TwoModels
                ? TwoModels(columns, seen, isTreated, responded)
                : ClassTransformation(columns, seen, isTreated, responded);
            for (var row = 0; row < fold.Length; row++)
            {
                if (fold[row] == held)
                {
                    scores[row] = score(row);
                }
            }
        }

        return scores;
    }

    private static Func<int, double> TwoModels(double[][] columns, int[] seen, bool[] isTreated, bool[] responded)
    {
        var treated = LogisticRegression.Fit(columns, Array.FindAll(seen, row => isTreated[row]), row => responded[row], _ => 1);
        var control = LogisticRegression.Fit(columns, Array.FindAll(seen, row => !isTreated[row]), row => responded[row], _ => 1);
        return row => treated.Chance(columns, row) - control.Chance(columns, row);
    }

    private static Func<int, double> ClassTransformation(double[][] columns, int[] seen, bool[] isTreated, bool[] responded)
    {
        var share = (double)seen.Count(row => isTreated[row]) / seen.Length;
        var model = LogisticRegression.Fit(
            columns, seen, row => isTreated[row] == responded[row], row => .5 / (isTreated[row] ? share : 1 - share));
        return row => (2 * model.Chance(columns, row)) - 1;
    }
}
