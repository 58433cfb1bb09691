using System.Runtime.CompilerServices;

namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>
/// A tree laid out for scoring: filled up to the same depth everywhere, level by level, so that a node's children stand at
/// places that are computed and every row takes as many steps. Four rows walk side by side, for a step waits for memory
/// longer than it computes. Trees are shallow: one of d levels has 2^d - 1 splits here.
/// </summary>
internal sealed class LevelTree
{
    private readonly int _levels;
    private readonly Split[] _splits;
    private readonly float[] _leaves;

    public LevelTree(Tree tree)
    {
        _levels = tree.Levels;
        _splits = new Split[(1 << _levels) - 1];
        _leaves = new float[1 << _levels];
        Fill(tree.Nodes, 0, 0, 0);
    }

    /// <summary>Adds each row's leaf to its sum.</summary>
    /// <param name="rows">The rows, one after the other.</param>
    /// <param name="width">How many values a row has.</param>
    /// <param name="sums">A place for each row.</param>
    public void AddTo(ReadOnlySpan<float> rows, int width, Span<float> sums)
    {
        var row = 0;
        for (; row + 4 <= sums.Length; row += 4)
        {
            var first = rows.Slice(row * width, width);
            var second = rows.Slice((row + 1) * width, width);
            var third = rows.Slice((row + 2) * width, width);
            var fourth = rows.Slice((row + 3) * width, width);
            int at1 = 0, at2 = 0, at3 = 0, at4 = 0;
            for (var level = 0; level < _levels; level++)
            {
                at1 = (2 * at1) + 1 + _splits[at1].Right(first);
                at2 = (2 * at2) + 1 + _splits[at2].Right(second);
                at3 = (2 * at3) + 1 + _splits[at3].Right(third);
                at4 = (2 * at4) + 1 + _splits[at4].Right(fourth);
            }

            sums[row] += _leaves[at1 - _splits.Length];
            sums[row + 1] += _leaves[at2 - _splits.Length];
            sums[row + 2] += _leaves[at3 - _splits.Length];
            sums[row + 3] += _leaves[at4 - _splits.Length];
        }

        for (; row < sums.Length; row++)
        {
            var values = rows.Slice(row * width, width);
            var at = 0;
            for (var level = 0; level < _levels; level++)
            {
                at = (2 * at) + 1 + _splits[at].Right(values);
            }

            sums[row] += _leaves[at - _splits.Length];
        }
    }

    /// <summary>A leaf above the last level fills all that would be below it.</summary>
    private void Fill(TreeNode[] nodes, int node, int place, int level)
    {
        if (level == _levels)
        {
            _leaves[place - _splits.Length] = nodes[node].Value;
            return;
        }

        var (left, right) = (node, node);
        if (!nodes[node].IsLeaf(node))
        {
            (left, right) = (nodes[node].Left, nodes[node].Right);
            _splits[place] = new Split(nodes[node].Value, nodes[node].Column, nodes[node].Missing == right ? 1 : 0);
        }

        Fill(nodes, left, (2 * place) + 1, level + 1);
        Fill(nodes, right, (2 * place) + 2, level + 1);
    }

    private readonly record struct Split(float Threshold, int Column, int MissingRight)
    {
        /// <summary>1 where a row goes right, 0 where it goes left.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Right(ReadOnlySpan<float> row)
        {
            var value = row[Column];
            return One(value >= Threshold) | (One(float.IsNaN(value)) & MissingRight);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int One(bool condition) => condition ? 1 : 0;
    }
}
