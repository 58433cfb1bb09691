namespace Warehouse.Models.Churn.Learners;

/// <summary>A model that scores rows of encoded features. It does not change and may be shared between threads.</summary>
internal abstract class ChurnScorer
{
    /// <summary>How many columns a row has.</summary>
    public abstract int Width { get; }

    /// <summary>The name of the learner that made it: logistic, boosting.</summary>
    public abstract string Learner { get; }

    /// <summary>The score of a customer of whom nothing is known but that he is one of those learned from.</summary>
    public abstract double ExpectedMargin { get; }

    /// <summary>Raw scores: the logarithm of the odds of churn, before calibration.</summary>
    /// <param name="rows">Encoded values, row by row.</param>
    /// <param name="margins">One place a row.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public abstract void Score(ReadOnlyMemory<float> rows, Memory<double> margins, CancellationToken cancellationToken);

    /// <summary>
    /// What each column contributes to each row's raw score (SHAP values): they and <see cref="ExpectedMargin"/> add up to it.
    /// </summary>
    /// <param name="rows">Encoded values, row by row.</param>
    /// <param name="contributions">As many places.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public abstract void Explain(ReadOnlyMemory<float> rows, Memory<double> contributions, CancellationToken cancellationToken);

    /// <summary>The model as text: what is stored, hashed and read again.</summary>
    public abstract string ToArtefact();

    /// <summary>Raw scores of all rows.</summary>
    public double[] Score(float[] rows, CancellationToken cancellationToken)
    {
        var margins = new double[rows.Length / Width];
        Score(rows, margins, cancellationToken);
        return margins;
    }
}
