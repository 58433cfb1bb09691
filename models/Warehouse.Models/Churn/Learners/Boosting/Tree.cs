namespace Warehouse.Models.Churn.Learners.Boosting;

/// <summary>
/// A tree, its nodes by number from the root, 0. A row goes left where its value is below the threshold; where it is
/// missing, as the node says. A leaf's children are itself.
/// </summary>
internal sealed class Tree
{
    /// <param name="nodes">The nodes.</param>
    public Tree(TreeNode[] nodes)
    {
        Nodes = nodes;
        Levels = LevelsBelow(0);
    }

    /// <summary>The nodes.</summary>
    public TreeNode[] Nodes { get; }

    /// <summary>Steps from the root to the deepest leaf.</summary>
    public int Levels { get; }

    /// <summary>The mean of the leaves, each weighing what covered it in training.</summary>
    public double Mean => Enumerable.Range(0, Nodes.Length).Where(node => Nodes[node].IsLeaf(node)).Sum(node => Nodes[node].Cover * (double)Nodes[node].Value) / Nodes[0].Cover;

    private int LevelsBelow(int node) =>
        Nodes[node].IsLeaf(node) ? 0 : 1 + Math.Max(LevelsBelow(Nodes[node].Left), LevelsBelow(Nodes[node].Right));
}

/// <summary>A node of a tree.</summary>
/// <param name="Column">The column that it asks for.</param>
/// <param name="Value">The threshold; of a leaf its value.</param>
/// <param name="Left">Where a row below the threshold goes.</param>
/// <param name="Right">Where any other goes.</param>
/// <param name="Missing">Where a row goes whose value is missing.</param>
/// <param name="Cover">The weight of the rows that came here in training.</param>
internal readonly record struct TreeNode(int Column, float Value, int Left, int Right, int Missing, float Cover)
{
    /// <summary>Whether it is a leaf, given its own number.</summary>
    public bool IsLeaf(int self) => Left == self;

    /// <summary>Where a row goes from here.</summary>
    public int Next(ReadOnlySpan<float> row)
    {
        var value = row[Column];
        return value < Value ? Left : float.IsNaN(value) ? Missing : Right;
    }
}
