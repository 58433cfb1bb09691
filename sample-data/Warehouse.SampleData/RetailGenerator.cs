using System.Collections;
using Warehouse.SampleData.Blocks;
using Warehouse.SampleData.Dirt;
using Warehouse.SampleData.Files;
using Warehouse.SampleData.Tables;

namespace Warehouse.SampleData;

/// <summary>
/// Makes the data of the sample workspace: some years of a retailer with shops and a web store that does not exist.
/// <para>Customers live by a hidden law (<see cref="Customers.Population"/>, and TRUTH.md beside the data): they buy and
/// leave by BG/NBD on a clock that has seasons, spend by Gamma-Gamma, complain, and are drawn into campaigns with control
/// groups. What the files say is all that a warehouse gets to see; the truth is written apart.</para>
/// </summary>
public static class RetailGenerator
{
    private const int BlockSize = 500;

    /// <summary>Writes the data and the truth, over files of the same names where there are any.</summary>
    /// <param name="options">Equal options give equal files on one machine: text files byte for byte, Parquet row for row.</param>
    /// <param name="dataFolder">Gets the files that a warehouse loads. Made where missing.</param>
    /// <param name="truthFolder">Gets the truth and the control totals. Made where missing.</param>
    /// <param name="progress">Told how far the work is.</param>
    /// <param name="cancellation">Stops the work; what was written stays, incomplete.</param>
    /// <exception cref="ArgumentException">The window is shorter than a year or longer than ten.</exception>
    /// <exception cref="IOException">A folder cannot be written.</exception>
    public static Task<RetailTotals> GenerateAsync(
        RetailOptions options, string dataFolder, string truthFolder, IProgress<RetailProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        ArgumentException.ThrowIfNullOrEmpty(truthFolder);
        if (options.To < options.From.AddYears(1) || options.To > options.From.AddYears(10))
        {
            throw new ArgumentException(
                $"The window is to be one year long to ten, and is [{options.From:O}, {options.To:O}).", nameof(options));
        }

        return Task.Run(() => GenerateWithin(options, dataFolder, truthFolder, progress, cancellation), cancellation);
    }

    private static async Task<RetailTotals> GenerateWithin(
        RetailOptions options, string dataFolder, string truthFolder, IProgress<RetailProgress>? progress,
        CancellationToken cancellation)
    {
        Directory.CreateDirectory(dataFolder);
        Directory.CreateDirectory(truthFolder);
        var temporary = Directory.CreateTempSubdirectory("retail-");
        var world = new World(options);
        var log = new FaultLog();
        var spills = world.DataSets.All
            .Select(dataSet => new RowSpill(Path.Combine(temporary.FullName, $"{dataSet.Number}.rows"), dataSet.Buckets))
            .ToArray();
        try
        {
            using var tables = new RetailTables(world, temporary.FullName);
            await MakePeople(world, spills, tables, progress, cancellation);
            SmallFiles.AppendTo(spills, world);
            var (files, sales) = WriteTextFiles(world, spills, dataFolder, log, progress, cancellation);
            cancellation.ThrowIfCancellationRequested();
            files.AddRange(tables.WriteData(dataFolder, log));
            progress?.Report(new RetailProgress(RetailStage.Tables, 1, 2));
            tables.WriteTruth(truthFolder, log);
            progress?.Report(new RetailProgress(RetailStage.Tables, 2, 2));
            var totals = new RetailTotals
            {
                Options = options,
                Files = [.. files.OrderBy(file => file.File, StringComparer.Ordinal)],
                Sales = sales,
            };
            TruthDocuments.Write(truthFolder, totals);
            return totals;
        }
        finally
        {
            foreach (var spill in spills)
            {
                spill.Dispose();
            }

            temporary.Delete(recursive: true);
        }
    }

    /// <summary>Blocks are made on all cores and taken up in their order, so what is written does not depend on the cores.</summary>
    private static async Task MakePeople(
        World world, RowSpill[] spills, RetailTables tables, IProgress<RetailProgress>? progress, CancellationToken cancellation)
    {
        var free = new Stack<(BlockMaker Maker, Block Block)>();
        for (var i = 0; i < Environment.ProcessorCount + 1; i++)
        {
            free.Push((new BlockMaker(world), new Block()));
        }

        var underWay = new Queue<Task<(BlockMaker Maker, Block Block, int End)>>();
        for (var next = 0; next < world.People || underWay.Count > 0;)
        {
            while (next < world.People && free.TryPop(out var idle))
            {
                var (from, to) = (next, Math.Min(next + BlockSize, world.People));
                underWay.Enqueue(Task.Run(
                    () =>
                    {
                        idle.Maker.Make(from, to, idle.Block);
                        return (idle.Maker, idle.Block, to);
                    },
                    cancellation));
                next = to;
            }

            var (maker, block, end) = await underWay.Dequeue();
            block.Rows.AppendTo(spills);
            tables.Append(block);
            block.Clear();
            free.Push((maker, block));
            progress?.Report(new RetailProgress(RetailStage.Customers, end, world.People));
        }
    }

    private static (List<FileTotals> Files, SalesTotals Sales) WriteTextFiles(
        World world, RowSpill[] spills, string dataFolder, FaultLog log, IProgress<RetailProgress>? progress,
        CancellationToken cancellation)
    {
        var total = spills.Sum(spill => spill.AllRows);
        var done = 0L;
        void Written(long rows) =>
            progress?.Report(new RetailProgress(RetailStage.Files, Interlocked.Add(ref done, rows), total));

        var jobs = world.DataSets.All
            .Select(dataSet => (DataSet: dataSet, Writer: new DataSetWriter(
                world.Options.Seed, dataFolder, dataSet, spills[dataSet.Number], log)))
            .SelectMany(set => set.DataSet.Files.Select((_, index) => (set.DataSet, set.Writer, Index: index)))
            .ToArray();
        var customers = jobs.Select(_ => new BitArray(world.Options.Customers)).ToArray();
        var files = new FileTotals[jobs.Length];
        Parallel.For(0, jobs.Length, new ParallelOptions { CancellationToken = cancellation }, job =>
            files[job] = jobs[job].Writer.Write(jobs[job].Index, customers[job], Written, cancellation));

        var buyers = customers.Where((_, job) => jobs[job].DataSet.HasSales).Aggregate((all, some) => all.Or(some));
        var sales = files.Select(file => file.Sales).OfType<SalesTotals>().ToArray();
        return ([.. files], new SalesTotals
        {
            NetGbp = sales.Sum(file => file.NetGbp),
            Orders = sales.Sum(file => file.Orders),
            ReturnLines = sales.Sum(file => file.ReturnLines),
            Customers = buyers.Cast<bool>().Count(isThere => isThere),
        });
    }
}
