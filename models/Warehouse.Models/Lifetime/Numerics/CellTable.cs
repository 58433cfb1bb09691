namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// Distinct rows (x, first, second) in ascending order, by column, with the number of customers of each. Rows of equal
/// x are a run: what depends on x alone is computed once a run.
/// </summary>
internal sealed class CellTable
{
    private readonly int[] runStart;

    private CellTable(int[] x, int[] runStart, double[] first, double[] second, double[] customers)
    {
        this.runStart = runStart;
        (X, First, Second, Customers) = (x, first, second, customers);
        CustomersOfRun = new double[x.Length];
        for (var run = 0; run < x.Length; run++)
        {
            for (var i = runStart[run]; i < runStart[run + 1]; i++)
            {
                CustomersOfRun[run] += customers[i];
            }
        }
    }

    public int Count => First.Length;

    /// <summary>x of each run, ascending.</summary>
    public int[] X { get; }

    public double[] CustomersOfRun { get; }

    public double[] First { get; }

    public double[] Second { get; }

    /// <summary>Customers of each cell: whole numbers above 0.</summary>
    public double[] Customers { get; }

    /// <summary>The parts of runs among the cells [from, to).</summary>
    public IEnumerable<(int X, int From, int To)> Runs(int from, int to)
    {
        var found = Array.BinarySearch(runStart, from);
        for (var run = found >= 0 ? found : ~found - 1; from < to; run++)
        {
            var end = Math.Min(to, runStart[run + 1]);
            yield return (X[run], from, end);
            from = end;
        }
    }

    /// <summary>Every k-th cell, so that about as many as asked for remain: all of the table's range, without chance.</summary>
    public CellTable Sample(int cells)
    {
        var step = Math.Max(Count / cells, 1);
        var chosen = Enumerable.Range(0, (Count + step - 1) / step).Select(i => i * step).ToArray();
        var x = new int[Count];
        foreach (var run in Runs(0, Count))
        {
            x.AsSpan(run.From, run.To - run.From).Fill(run.X);
        }

        return Of(
            [.. chosen.Select(i => x[i])],
            [.. chosen.Select(i => First[i])],
            [.. chosen.Select(i => Second[i])],
            [.. chosen.Select(i => (long)Customers[i])]);
    }

    /// <summary>Sorts the rows and merges equal ones; an empty <paramref name="customers"/> means one each.</summary>
    public static CellTable Of(int[] x, double[] first, double[] second, ReadOnlySpan<long> customers)
    {
        var rows = Ascending(x, first, second);
        var runs = new List<int>();
        var starts = new List<int>();
        var (firsts, seconds, counts) = (new double[rows.Length], new double[rows.Length], new double[rows.Length]);
        var cells = 0;
        foreach (var row in rows)
        {
            var count = customers.IsEmpty ? 1 : customers[row];
            if (count == 0)
            {
                continue;
            }

            var sameRun = runs.Count > 0 && runs[^1] == x[row];
            if (sameRun && firsts[cells - 1] == first[row] && seconds[cells - 1] == second[row])
            {
                counts[cells - 1] += count;
                continue;
            }

            if (!sameRun)
            {
                runs.Add(x[row]);
                starts.Add(cells);
            }

            (firsts[cells], seconds[cells], counts[cells]) = (first[row], second[row], count);
            cells++;
        }

        starts.Add(cells);
        return new CellTable([.. runs], [.. starts], firsts[..cells], seconds[..cells], counts[..cells]);
    }

    /// <summary>Row numbers in ascending order of x, then first, then second.</summary>
    private static int[] Ascending(int[] x, double[] first, double[] second)
    {
        var rows = new int[x.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        Array.Sort((int[])x.Clone(), rows);
        SortTies(rows, first, (row, other) => x[row] == x[other]);
        SortTies(rows, second, (row, other) => x[row] == x[other] && first[row] == first[other]);
        return rows;
    }

    private static void SortTies(int[] rows, double[] column, Func<int, int, bool> tied)
    {
        var keys = new double[rows.Length];
        for (int from = 0, to = 0; from < rows.Length; from = to)
        {
            do
            {
                keys[to] = column[rows[to]];
                to++;
            }
            while (to < rows.Length && tied(rows[from], rows[to]));
            keys.AsSpan(from, to - from).Sort(rows.AsSpan(from, to - from));
        }
    }
}
