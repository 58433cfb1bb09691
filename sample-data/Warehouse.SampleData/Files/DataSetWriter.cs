using System.Collections;
using System.IO.Compression;
using Warehouse.SampleData.Chance;
using Warehouse.SampleData.Dirt;

namespace Warehouse.SampleData.Files;

/// <summary>Writes the files of a data set from its rows, once all of them have been put aside.</summary>
internal sealed class DataSetWriter
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Three times as fast as the default, and files only a sixth larger.</summary>
    private static readonly ZLibCompressionOptions s_compression = new() { CompressionLevel = 3 };

    private readonly int _seed;
    private readonly string _dataFolder;
    private readonly CsvDataSet _dataSet;
    private readonly RowSpill _spill;
    private readonly FaultLog _log;
    private readonly IReadOnlyList<(long Row, int Kind)> _faults;

    public DataSetWriter(int seed, string dataFolder, CsvDataSet dataSet, RowSpill spill, FaultLog log)
    {
        _seed = seed;
        _dataFolder = dataFolder;
        _dataSet = dataSet;
        _spill = spill;
        _log = log;
        _faults = FaultPlan.Draw(
            seed, dataSet.Number, RowsBefore(dataSet.Buckets), [.. dataSet.Faults.Select(fault => fault.PerMillion)]);
    }

    /// <param name="customers">Takes up the known customers of the rows that are kept.</param>
    /// <param name="written">Called now and then with how many rows were written since the last call.</param>
    public FileTotals Write(int fileIndex, BitArray customers, Action<long> written, CancellationToken cancellation)
    {
        var file = _dataSet.Files[fileIndex];
        var path = Path.Combine(_dataFolder, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var raw = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        using var stream = file.Path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(raw, s_compression)
            : (Stream)raw;
        using var output = new BufferedStream(stream, BufferBytes);
        var rng = new Rng(_seed, RandomStream.Faults, (_dataSet.Number << 16) | fileIndex);
        var writer = new CsvFileWriter(_dataSet, file, output, customers, _log, rng);
        writer.WriteHeader();
        var (first, end) = _dataSet.BucketsOf(fileIndex);
        var row = RowsBefore(first);
        var nextFault = _faults.TakeWhile(fault => fault.Row < row).Count();
        for (var bucket = first; bucket < end; bucket++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = _spill.Read(bucket);
            for (var i = 0; i < rows.Count; i++, row++)
            {
                var isFaulty = nextFault < _faults.Count && _faults[nextFault].Row == row;
                writer.WriteRow(rows.Header(i), rows.Text(i), isFaulty ? _dataSet.Faults[_faults[nextFault++].Kind] : null);
            }

            written(rows.Count);
        }

        writer.WriteEnd();
        return writer.Totals();
    }

    private long RowsBefore(int endBucket)
    {
        var rows = 0L;
        for (var bucket = 0; bucket < endBucket; bucket++)
        {
            rows += _spill.RowsIn(bucket);
        }

        return rows;
    }
}
