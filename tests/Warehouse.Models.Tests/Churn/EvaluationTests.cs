using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Distributions;
using Warehouse.Models.Churn;
using Warehouse.Models.Churn.Evaluation;

namespace Warehouse.Models.Tests.Churn;

/// <summary>Measures against their definitions.</summary>
public sealed class EvaluationTests
{
    private static readonly Gen<(double Score, bool Churned)[]> s_scored =
        Gen.Choose(0, 12).Two().Select(pair => (Score: (double)pair.Item1, Churned: pair.Item2 * 2 + pair.Item1 > 15))
            .ArrayOf(60).Where(rows => rows.Any(row => row.Churned) && rows.Any(row => !row.Churned));

    [Fact]
    public void Auc_IsTheShareOfPairsRankedRightly() => Prop.ForAll(s_scored.ToArbitrary(), rows =>
    {
        var pairs = rows.Where(row => row.Churned).SelectMany(churner => rows.Where(row => !row.Churned).Select(other =>
            churner.Score > other.Score ? 1 : churner.Score == other.Score ? 0.5 : 0));
        return Math.Abs(Ranked(rows).Auc() - pairs.Average()) < 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Auc_WithWeights_IsThatOfRowsRepeated() => Prop.ForAll(s_scored.ToArbitrary(), rows =>
    {
        var weights = rows.Select((_, place) => place % 3).ToArray();
        var repeated = rows.SelectMany((row, place) => Enumerable.Repeat(row, weights[place])).ToArray();
        var (weighted, expected) = (Ranked(rows).Auc(weights), Ranked(repeated).Auc());
        return double.IsNaN(expected) ? double.IsNaN(weighted) : Math.Abs(weighted - expected) < 1e-12;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AveragePrecision_OfAPerfectRanking_IsOne_AndOfAConstant_TheChurnRate()
    {
        bool[] churned = [true, false, true, false, false];

        Assert.Equal(1, new RankedScores([9, 1, 8, 2, 3], churned).AveragePrecision(), 1e-12);
        Assert.Equal(0.4, new RankedScores([1, 1, 1, 1, 1], churned).AveragePrecision(), 1e-12);
    }

    [Fact]
    public void Empc_IsTheIntegralOfTheBestProfit_OverAcceptance()
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 500).Select(_ => random.NextDouble()).Select(score => (Score: score, Churned: random.NextDouble() < score * score)).ToArray();
        var ranked = Ranked(rows);
        var economics = ChurnEconomics.Default;
        const int Steps = 20_000;
        var acceptance = new Beta(economics.AcceptanceAlpha, economics.AcceptanceBeta);
        var integral = Enumerable.Range(0, Steps).Select(step => (step + 0.5) / Steps).Sum(gamma => acceptance.Density(gamma) / Steps * ranked.Roc().Max(point =>
            (point.Churners * ((gamma * (economics.Value - economics.OfferCost)) - economics.ContactCost))
            - (point.Others * (economics.OfferCost + economics.ContactCost)))) / rows.Length;

        var found = RetentionProfit.Of(ranked, [.. rows.Select(row => row.Churned)], economics).Empc;

        Assert.Equal(integral, found, 1e-4);
    }

    [Fact]
    public void Metrics_OfTrueProbabilities_AreCalibrated_AndTheirIntervalsHoldThem()
    {
        var random = new Random(8);
        var probabilities = Enumerable.Range(0, 20_000).Select(_ => random.NextDouble()).ToArray();
        var churned = probabilities.Select(probability => random.NextDouble() < probability).ToArray();

        var metrics = ChurnMetrics.Of(probabilities, churned, ChurnEconomics.Default, seed: 1);

        // Of p uniform: AUC 5/6, Brier 1/6, log-loss 1/2.
        Assert.InRange(5.0 / 6, metrics.Auc.Low - 0.003, metrics.Auc.High + 0.003);
        Assert.InRange(1.0 / 6, metrics.Brier.Low - 0.002, metrics.Brier.High + 0.002);
        Assert.InRange(0.5, metrics.LogLoss.Low - 0.005, metrics.LogLoss.High + 0.005);
        // Of true probabilities what is left is chance: about .8 sqrt(p (1 - p) / 2000) in a bin of 2,000.
        Assert.InRange(metrics.CalibrationError, 0, 0.015);
        Assert.Equal(metrics.Churned, metrics.Deciles.Sum(decile => decile.Churned));
        Assert.Equal(1, metrics.Deciles[^1].Gain, 1e-12);
        Assert.Equal(20_000, metrics.Reliability.Sum(bin => bin.Customers));
    }

    [Fact]
    public void Calibration_HelpsScoresThatExaggerate_AndLeavesTrueOnesAlone()
    {
        var random = new Random(11);
        var margins = Enumerable.Range(0, 8000).Select(_ => (random.NextDouble() - 0.5) * 6).ToArray();
        var churned = margins.Select(margin => random.NextDouble() < 1 / (1 + Math.Exp(-margin))).ToArray();
        var groups = Enumerable.Range(0, margins.Length).ToArray();
        var exaggerated = margins.Select(margin => (3 * margin) + 1).ToArray();

        Assert.Equal("none", CalibratorFit.Choose(margins, churned, groups, seed: 1).Kind);
        var calibrator = CalibratorFit.Choose(exaggerated, churned, groups, seed: 1);
        Assert.NotEqual("none", calibrator.Kind);
        Assert.All(exaggerated.Zip(margins).Take(500), pair =>
            Assert.Equal(1 / (1 + Math.Exp(-pair.Second)), calibrator.Probability(pair.First), 0.08));
    }

    [Fact]
    public void Isotonic_NeverFalls()
    {
        var random = new Random(12);
        var margins = Enumerable.Range(0, 3000).Select(_ => random.NextDouble() * 4).ToArray();
        var churned = margins.Select(margin => random.NextDouble() < (Math.Sin(margin) + 1) / 2).ToArray();

        var calibrator = CalibratorFit.Isotonic(margins, churned);

        var probabilities = Enumerable.Range(-10, 70).Select(step => calibrator.Probability(step / 10.0)).ToArray();
        Assert.Equal(probabilities.Order(), probabilities);
    }

    private static RankedScores Ranked((double Score, bool Churned)[] rows) =>
        new([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Churned)]);
}
