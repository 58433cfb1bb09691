namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>Adds the terms of the cells [from, to) to the sums, in the order of the cells.</summary>
internal delegate void ChunkKernel(int from, int to, Span<double> sums);

/// <summary>
/// Sums over many cells on all cores, with the same bits on any number of them: the cells are cut into chunks of a
/// fixed size, each chunk is summed in order, and the chunks' sums are added pairwise in a fixed tree.
/// </summary>
internal static class ChunkedSum
{
    public const int CellsPerChunk = 4096;

    public static void Over(int cells, Span<double> totals, ChunkKernel kernel, ParallelOptions parallel)
    {
        var width = totals.Length;
        var chunks = (cells + CellsPerChunk - 1) / CellsPerChunk;
        var sums = new double[Math.Max(chunks, 1) * width];
        if (chunks <= 1)
        {
            kernel(0, cells, sums);
        }
        else
        {
            Parallel.For(0, chunks, parallel, chunk =>
            {
                var from = chunk * CellsPerChunk;
                kernel(from, Math.Min(from + CellsPerChunk, cells), sums.AsSpan(chunk * width, width));
            });
        }

        for (var stride = 1; stride < chunks; stride *= 2)
        {
            for (var chunk = 0; chunk + stride < chunks; chunk += 2 * stride)
            {
                for (var i = 0; i < width; i++)
                {
                    sums[(chunk * width) + i] += sums[((chunk + stride) * width) + i];
                }
            }
        }

        sums.AsSpan(0, width).CopyTo(totals);
    }
}
