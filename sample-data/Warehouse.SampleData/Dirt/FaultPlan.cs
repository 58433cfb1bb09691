using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.Dirt;

/// <summary>Which rows of a data set get which fault: of each kind its share of the rows, and at least one.</summary>
internal static class FaultPlan
{
    /// <param name="rowsPerMillion">Of each kind, in their order.</param>
    /// <returns>Row numbers from 0, rising, none twice, and the kind by its place.</returns>
    public static IReadOnlyList<(long Row, int Kind)> Draw(int seed, int dataSet, long rows, IReadOnlyList<int> rowsPerMillion)
    {
        var order = new Shuffle(seed, RandomStream.Faults, dataSet, rows);
        var place = 0L;
        var faults = new List<(long Row, int Kind)>();
        for (var kind = 0; kind < rowsPerMillion.Count; kind++)
        {
            var count = Math.Max(1, (long)Math.Round(rows * rowsPerMillion[kind] / 1e6));
            for (var i = 0; i < count && place < rows; i++)
            {
                faults.Add((order[place++], kind));
            }
        }

        faults.Sort();
        return faults;
    }
}
