namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>
/// Exact SHAP values of one tree (path-dependent: Lundberg et al., 2020, « From local explanations to global understanding
/// with explainable AI for trees »), made fast by computing ahead: what a leaf contributes depends only on which of the
/// few columns on its path send a row towards it, a pattern of bits. For each leaf and pattern the contributions are in a
/// table; a row then only needs its patterns.
/// </summary>
internal sealed class TreeShap
{
    /// <summary>More columns on one path would make tables too large: 2 to this power patterns a leaf.</summary>
    private const int MostColumns = 12;

    private readonly Tree _tree;
    private readonly Leaf[] _leaves;
    private readonly Step[] _steps;

    public TreeShap(Tree tree)
    {
        _tree = tree;
        var steps = new List<Step>();
        var leaves = new List<Leaf>();
        Descend(0, -1, 0, [], steps, leaves);
        (_steps, _leaves) = ([.. steps], [.. leaves]);
    }

    /// <summary>Adds the contributions of rows to those of the trees before.</summary>
    public void Add(ReadOnlySpan<float> rows, Span<double> contributions, int width)
    {
        if (_steps.Length == 0)
        {
            return;
        }

        Span<int> patterns = stackalloc int[_tree.Nodes.Length];
        for (var first = 0; first < rows.Length; first += width)
        {
            FindPatterns(rows.Slice(first, width), patterns);
            var sums = contributions.Slice(first, width);
            foreach (var leaf in _leaves)
            {
                var columns = leaf.Columns;
                var table = leaf.Table.AsSpan(patterns[leaf.Node] * columns.Length, columns.Length);
                for (var place = 0; place < columns.Length; place++)
                {
                    sums[columns[place]] += table[place];
                }
            }
        }
    }

    /// <summary>For each node the columns on its path all of whose splits there send the row towards it.</summary>
    private void FindPatterns(ReadOnlySpan<float> row, Span<int> patterns)
    {
        patterns[0] = 0;
        foreach (var step in _steps)
        {
            var node = _tree.Nodes[step.Node];
            var left = node.Next(row) == node.Left;
            var pattern = patterns[step.Node];
            var with = pattern | step.FreshBit;
            var without = pattern & ~step.Bit;
            patterns[node.Left] = left ? with : without;
            patterns[node.Right] = left ? without : with;
        }
    }

    private void Descend(int number, int parent, double share, List<PathColumn> path, List<Step> steps, List<Leaf> leaves)
    {
        var node = _tree.Nodes[number];
        if (parent >= 0)
        {
            path = Extended(path, _tree.Nodes[parent].Column, share);
        }

        if (node.IsLeaf(number))
        {
            leaves.Add(new Leaf(number, [.. path.Select(column => column.Column)], LeafTable.Of(node.Value, [.. path.Select(column => column.Share)])));
            return;
        }

        var place = path.FindIndex(column => column.Column == node.Column);
        place = place < 0 ? path.Count : place;
        if (place >= MostColumns)
        {
            throw new InvalidOperationException(FormattableString.Invariant($"A path of a tree asks for more than {MostColumns} columns."));
        }

        steps.Add(new Step(number, 1 << place, place == path.Count ? 1 << place : 0));
        foreach (var child in (ReadOnlySpan<int>)[node.Left, node.Right])
        {
            Descend(child, number, (double)_tree.Nodes[child].Cover / node.Cover, path, steps, leaves);
        }
    }

    private static List<PathColumn> Extended(List<PathColumn> path, int column, double share)
    {
        var place = path.FindIndex(known => known.Column == column);
        List<PathColumn> extended = [.. path];
        if (place < 0)
        {
            extended.Add(new PathColumn(column, share));
        }
        else
        {
            extended[place] = new PathColumn(column, path[place].Share * share);
        }

        return extended;
    }

    /// <summary>A column on a path, and the share of the training rows that its splits on the path let through.</summary>
    private readonly record struct PathColumn(int Column, double Share);

    /// <summary>An inner node: the bit of its column, and the same where the path meets the column here first, else 0.</summary>
    private readonly record struct Step(int Node, int Bit, int FreshBit);

    private sealed record Leaf(int Node, int[] Columns, double[] Table);
}
