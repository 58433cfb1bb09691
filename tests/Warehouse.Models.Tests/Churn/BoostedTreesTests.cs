using System.Numerics;
using Warehouse.Models.Churn.Evaluation;
using Warehouse.Models.Churn.Learners;
using Warehouse.Models.Churn.Learners.Boosting;

namespace Warehouse.Models.Tests.Churn;

/// <summary>What is learned by XGBoost, and scored and explained without it, against XGBoost itself and against definitions.</summary>
public sealed class BoostedTreesTests
{
    private static readonly Examples s_train = SyntheticTable.Draw(6000, seed: 3);
    private static readonly Examples s_held = SyntheticTable.Draw(3000, seed: 4);
    private static readonly FeatureEncoding s_encoding = FeatureEncoding.Of(s_train.Features, []);

    [SkippableFact]
    public void Scores_AreXgboostsOwn_ToTheLastBit()
    {
        var (trees, booster, rows) = Learned();
        using (booster)
        using (var matrix = TrainingMatrix.Of(rows, trees.Width, []))
        {
            Assert.Equal(booster.Margins(matrix), trees.Score(rows, CancellationToken.None).Select(margin => (float)margin));
        }
    }

    [SkippableFact]
    public void Contributions_AreXgboostsOwn_AndAddUpToTheScore()
    {
        var (trees, booster, rows) = Learned();
        using var _ = booster;
        var some = rows.AsSpan(0, 300 * trees.Width).ToArray();
        using var matrix = TrainingMatrix.Of(some, trees.Width, []);
        var theirs = booster.Contributions(matrix);
        var ours = new double[some.Length];
        trees.Explain(some, ours, CancellationToken.None);
        var margins = trees.Score(some, CancellationToken.None);

        for (var row = 0; row < 300; row++)
        {
            var mine = ours.AsSpan(row * trees.Width, trees.Width).ToArray();
            var its = theirs.AsSpan(row * (trees.Width + 1), trees.Width).ToArray();
            Assert.All(mine.Zip(its), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
            Assert.Equal(margins[row], trees.ExpectedMargin + mine.Sum(), 1e-4);
        }
    }

    [SkippableFact]
    public void Contributions_AreShapleyValues_ByTheDefinition()
    {
        Needed();
        var settings = new BoostingSettings { Depth = 5, MostRounds = 4, Rate = 0.5 };
        var learned = (BoostedTrees)new BoostingLearner(settings).Learn(s_encoding, s_train, null, null, CancellationToken.None).Scorer;
        var rows = s_encoding.Encode(s_held.Features).AsSpan(0, 20 * learned.Width).ToArray();
        var found = new double[rows.Length];
        learned.Explain(rows, found, CancellationToken.None);

        for (var row = 0; row < 20; row++)
        {
            var values = rows.AsSpan(row * learned.Width, learned.Width).ToArray();
            for (var column = 0; column < learned.Width; column++)
            {
                Assert.Equal(Shapley(learned, values, column), found[(row * learned.Width) + column], 1e-9);
            }
        }
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(77)]
    public void SameSeedAndData_GiveTheSameModel_ByteForByte_OnOneThreadAndTwo(int seed)
    {
        Needed();
        var artefacts = new[] { 1, 2, 2 }.Select(threads =>
            new BoostingLearner(new BoostingSettings { Seed = seed, Threads = threads, MostRounds = 60 })
                .Learn(s_encoding, s_train, s_held, null, CancellationToken.None).Scorer.ToArtefact()).ToArray();

        Assert.Equal(artefacts[0], artefacts[1]);
        Assert.Equal(artefacts[1], artefacts[2]);
    }

    [SkippableFact]
    public void MonotoneConstraint_IsHeldByEveryRow()
    {
        Needed();
        var settings = new BoostingSettings { MostRounds = 50, Monotone = new Dictionary<string, int> { ["noise"] = 1, ["b"] = -1 } };
        var trees = (BoostedTrees)new BoostingLearner(settings).Learn(s_encoding, s_train, null, null, CancellationToken.None).Scorer;
        foreach (var (feature, direction) in settings.Monotone)
        {
            var column = s_encoding.Columns.Select(known => known.Feature).ToList().IndexOf(feature);
            var row = s_encoding.Encode(s_held.Features).AsSpan(0, trees.Width).ToArray();
            var scores = Enumerable.Range(-30, 61).Select(step =>
            {
                row[column] = step / 10f;
                return direction * trees.Score(row, CancellationToken.None)[0];
            }).ToArray();
            Assert.Equal(scores.Order(), scores);
        }
    }

    [SkippableFact]
    public void EarlyStopping_KeepsFewerTreesThanItGrew_AndRanksWell()
    {
        Needed();
        var learned = new BoostingLearner(new BoostingSettings { Rate = 0.3 }).Learn(s_encoding, s_train, s_held, null, CancellationToken.None);
        var test = SyntheticTable.Draw(6000, seed: 9);
        var law = Enumerable.Range(0, test.Count).Select(row => SyntheticTable.Margin(test.Features.Values.AsSpan(row * 6, 6))).ToArray();
        var auc = new RankedScores(learned.Scorer.Score(s_encoding.Encode(test.Features), CancellationToken.None), test.Churned).Auc();

        Assert.InRange(learned.Parameters["rounds"], 2, 200);
        Assert.Equal(new RankedScores(law, test.Churned).Auc(), auc, 0.02);
    }

    [Fact]
    public void Artefact_ThatIsNoEnsemble_IsRefused() =>
        Assert.Contains("no ensemble", Assert.Throws<Definitions.UserFaultException>(() => BoostedTrees.FromArtefact("{\"learner\": {}}", 3)).Message);

    private static void Needed() => Skip.IfNot(BoostingLearner.IsPresent, BoostingLearner.HowToGet);

    private static (BoostedTrees Trees, Booster Booster, float[] Rows) Learned()
    {
        Needed();
        var trees = (BoostedTrees)new BoostingLearner(new BoostingSettings { MostRounds = 120 })
            .Learn(s_encoding, s_train, s_held, null, CancellationToken.None).Scorer;
        return (trees, Booster.FromJson(trees.ToArtefact()), s_encoding.Encode(s_held.Features));
    }

    /// <summary>The mean, over all orders in which columns become known, of what knowing this one changes.</summary>
    private static double Shapley(BoostedTrees trees, float[] row, int column)
    {
        var others = Enumerable.Range(0, row.Length).Where(other => other != column).ToArray();
        var sum = 0.0;
        for (var subset = 0; subset < 1 << others.Length; subset++)
        {
            var known = others.Where((_, place) => (subset >> place & 1) == 1).ToHashSet();
            var size = BitOperations.PopCount((uint)subset);
            var weight = Factorial(size) * Factorial(row.Length - 1 - size) / Factorial(row.Length);
            var without = trees.Trees.Sum(tree => Expected(tree, 0, row, known));
            known.Add(column);
            sum += weight * (trees.Trees.Sum(tree => Expected(tree, 0, row, known)) - without);
        }

        return sum;
    }

    /// <summary>The tree's value where some columns are known and the others take either way as often as in training.</summary>
    private static double Expected(Tree tree, int at, float[] row, HashSet<int> known)
    {
        var node = tree.Nodes[at];
        return node.IsLeaf(at) ? node.Value
            : known.Contains(node.Column) ? Expected(tree, node.Next(row), row, known)
            : ((tree.Nodes[node.Left].Cover * Expected(tree, node.Left, row, known))
                + (tree.Nodes[node.Right].Cover * Expected(tree, node.Right, row, known))) / node.Cover;
    }

    private static double Factorial(int number) => number <= 1 ? 1 : number * Factorial(number - 1);
}
