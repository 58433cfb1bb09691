using System.Globalization;
using System.Text.Json;
using Warehouse.Definitions;

namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>
/// An ensemble of trees, read from XGBoost's JSON: scoring and explaining need no library. Scores are added in single
/// precision and in the trees' order, as XGBoost does, so that they are the same to the last bit.
/// </summary>
internal sealed class BoostedTrees : ChurnScorer
{
    private readonly string _artefact;
    private readonly LevelTree[] _levelTrees;
    private readonly Lazy<TreeShap[]> _shap;

    private BoostedTrees(string artefact, int width, float baseMargin, Tree[] trees)
    {
        (_artefact, Width, BaseMargin, Trees) = (artefact, width, baseMargin, trees);
        _levelTrees = Array.ConvertAll(trees, tree => new LevelTree(tree));
        ExpectedMargin = baseMargin + trees.Sum(tree => tree.Mean);
        _shap = new Lazy<TreeShap[]>(() => [.. trees.AsParallel().AsOrdered().Select(tree => new TreeShap(tree))]);
    }

    public override int Width { get; }

    public override string Learner => BoostingLearner.LearnerName;

    public override double ExpectedMargin { get; }

    /// <summary>What every score begins with.</summary>
    public float BaseMargin { get; }

    /// <summary>The trees.</summary>
    public Tree[] Trees { get; }

    /// <summary>Reads XGBoost's JSON of a binary logistic model.</summary>
    /// <param name="artefact">The text.</param>
    /// <param name="width">How many columns rows have.</param>
    /// <exception cref="UserFaultException">It is no such model.</exception>
    public static BoostedTrees FromArtefact(string artefact, int width)
    {
        try
        {
            using var document = JsonDocument.Parse(artefact);
            var learner = document.RootElement.GetProperty("learner");
            var baseScore = double.Parse(
                learner.GetProperty("learner_model_param").GetProperty("base_score").GetString()!.Trim('[', ']'), CultureInfo.InvariantCulture);
            var trees = learner.GetProperty("gradient_booster").GetProperty("model").GetProperty("trees").EnumerateArray().Select(Read).ToArray();
            return new BoostedTrees(artefact, width, (float)Odds.Margin(baseScore), trees);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new UserFaultException($"The model's artefact is no ensemble of XGBoost's: {broken.Message}", broken);
        }
    }

    public override void Score(ReadOnlyMemory<float> rows, Memory<double> margins, CancellationToken cancellationToken) =>
        RowBlocks.Run(margins.Length, (first, count) =>
        {
            var values = rows.Span.Slice(first * Width, count * Width);
            Span<float> sums = stackalloc float[count];
            sums.Fill(BaseMargin);
            foreach (var tree in _levelTrees)
            {
                tree.AddTo(values, Width, sums);
            }

            var results = margins.Span.Slice(first, count);
            for (var row = 0; row < count; row++)
            {
                results[row] = sums[row];
            }
        }, cancellationToken);

    public override void Explain(ReadOnlyMemory<float> rows, Memory<double> contributions, CancellationToken cancellationToken)
    {
        var explained = _shap.Value;
        RowBlocks.Run(rows.Length / Width, (first, count) =>
        {
            var values = rows.Span.Slice(first * Width, count * Width);
            var results = contributions.Span.Slice(first * Width, count * Width);
            results.Clear();
            foreach (var tree in explained)
            {
                tree.Add(values, results, Width);
            }
        }, cancellationToken);
    }

    public override string ToArtefact() => _artefact;

    private static Tree Read(JsonElement tree)
    {
        var left = tree.GetProperty("left_children").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var right = tree.GetProperty("right_children").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var columns = tree.GetProperty("split_indices").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var values = tree.GetProperty("split_conditions").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        var covers = tree.GetProperty("sum_hessian").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        var defaults = tree.GetProperty("default_left").EnumerateArray()
            .Select(value => value.ValueKind == JsonValueKind.Number ? value.GetInt32() != 0 : value.GetBoolean()).ToArray();
        return new Tree(
        [
            .. Enumerable.Range(0, left.Length).Select(node => left[node] < 0
                ? new TreeNode(0, values[node], node, node, node, covers[node])
                : new TreeNode(columns[node], values[node], left[node], right[node], defaults[node] ? left[node] : right[node], covers[node])),
        ]);
    }
}
