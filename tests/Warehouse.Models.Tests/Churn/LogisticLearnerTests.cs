using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Learners;
using Warehouse.Models.Churn.Learners.Logistic;

namespace Warehouse.Models.Tests.Churn;

public sealed class LogisticLearnerTests
{
    private static readonly Examples s_train = SyntheticTable.Draw(20_000, seed: 1);
    private static readonly FeatureEncoding s_encoding = FeatureEncoding.Of(s_train.Features, []);
    private static readonly LogisticScorer s_scorer =
        (LogisticScorer)new LogisticLearner(seed: 1).Learn(s_encoding, s_train, null, null, CancellationToken.None).Scorer;

    [Fact]
    public void Learn_FromAKnownLaw_FindsItsCoefficients()
    {
        var found = s_scorer.Terms.Zip(s_scorer.Weights).ToDictionary(
            pair => (s_encoding.Columns[pair.First.Column].ToString(), pair.First.IsMissingIndicator),
            pair => pair.Second / pair.First.Deviation);

        Assert.Equal(SyntheticTable.A, found[("a", false)], 0.07);
        Assert.Equal(SyntheticTable.B, found[("b", false)], 0.07);
        // The two columns of a category share its effect: what counts is the difference between them.
        Assert.Equal(SyntheticTable.Yes, found[("c=yes", false)] - found[("c=no", false)], 0.1);
        Assert.Equal(SyntheticTable.Missing, found[("d", true)], 0.1);
        Assert.Equal(0, found[("noise", false)], 0.06);
        Assert.Equal("constant", Assert.Single(s_encoding.Dropped).Name);
    }

    [Fact]
    public void Scores_RankAsWellAsTheLawItself()
    {
        var test = SyntheticTable.Draw(20_000, seed: 2);
        var law = Enumerable.Range(0, test.Count).Select(row => SyntheticTable.Margin(test.Features.Values.AsSpan(row * 6, 6))).ToArray();

        var found = new RankedScores(s_scorer.Score(s_encoding.Encode(test.Features), CancellationToken.None), test.Churned).Auc();

        Assert.Equal(new RankedScores(law, test.Churned).Auc(), found, 0.002);
    }

    [Fact]
    public void Contributions_AddUpToTheScore_AndAverageNothing()
    {
        var rows = s_encoding.Encode(s_train.Features);
        var contributions = new double[rows.Length];
        s_scorer.Explain(rows, contributions, CancellationToken.None);
        var margins = s_scorer.Score(rows, CancellationToken.None);
        var width = s_encoding.Columns.Count;

        for (var row = 0; row < 1000; row++)
        {
            Assert.Equal(margins[row], s_scorer.ExpectedMargin + contributions.AsSpan(row * width, width).ToArray().Sum(), 1e-9);
        }

        Assert.Equal(s_scorer.ExpectedMargin, margins.Average(), 1e-3);
    }

    [Fact]
    public void Artefact_ReadAgain_ScoresTheSame()
    {
        var rows = s_encoding.Encode(s_train.Features);

        Assert.Equal(s_scorer.Score(rows, CancellationToken.None), LogisticScorer.FromArtefact(s_scorer.ToArtefact()).Score(rows, CancellationToken.None));
    }
}
