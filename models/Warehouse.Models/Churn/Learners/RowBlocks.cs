namespace Warehouse.Models.Churn.Learners;

/// <summary>Does the same to every row, block by block on all cores: no row depends on another, so neither does the result on the cores.</summary>
internal static class RowBlocks
{
    /// <summary>Rows whose values and results stay in a core's cache.</summary>
    public const int Size = 512;

    /// <param name="rows">How many rows there are.</param>
    /// <param name="work">Gets the first row of a block and how many it has.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static void Run(int rows, Action<int, int> work, CancellationToken cancellationToken)
    {
        var blocks = (rows + Size - 1) / Size;
        if (blocks == 1)
        {
            work(0, rows);
            return;
        }

        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellationToken }, block =>
        {
            var first = block * Size;
            work(first, Math.Min(Size, rows - first));
        });
    }
}
