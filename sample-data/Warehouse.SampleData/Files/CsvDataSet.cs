using System.Text;
using Warehouse.SampleData.Dirt;

namespace Warehouse.SampleData.Files;

/// <summary>How a file is written, besides its rows.</summary>
internal sealed record FileStyle
{
    public bool HasByteOrderMark { get; init; }

    public bool HasCrLf { get; init; }

    public int EmptyLinesAtEnd { get; init; }

    public Encoding Encoding { get; init; } = Encoding.UTF8;
}

/// <summary>A file of a data set: the rows with sort keys in [from, to).</summary>
/// <param name="Path">Relative to the data folder, with slashes; gzip where it ends in .gz.</param>
internal sealed record CsvFile(string Path, long From, long To)
{
    public FileStyle Style { get; init; } = new();

    /// <summary>In how many parts the rows are sorted.</summary>
    public int Buckets { get; init; } = 1;
}

/// <summary>Rows of one layout, in one file or several.</summary>
internal sealed class CsvDataSet
{
    private readonly int[] _firstBucket;

    public CsvDataSet(
        int number, string[] columns, IReadOnlyList<CsvFile> files, Func<Recipes, IReadOnlyList<FaultRecipe>>? faults)
    {
        Number = number;
        Columns = columns;
        Files = files;
        Faults = faults?.Invoke(new Recipes(columns)) ?? [];
        _firstBucket = new int[files.Count + 1];
        for (var i = 0; i < files.Count; i++)
        {
            _firstBucket[i + 1] = _firstBucket[i] + files[i].Buckets;
        }
    }

    public int Number { get; }

    public string[] Columns { get; }

    public IReadOnlyList<CsvFile> Files { get; }

    public IReadOnlyList<FaultRecipe> Faults { get; }

    /// <summary>Its rows are order lines: files have totals of money.</summary>
    public bool HasSales { get; init; }

    public int Buckets => _firstBucket[^1];

    /// <summary>The first bucket of a file, and the one after its last.</summary>
    public (int First, int End) BucketsOf(int file) => (_firstBucket[file], _firstBucket[file + 1]);

    public int BucketOf(long sortKey)
    {
        var file = 0;
        while (sortKey >= Files[file].To)
        {
            file++;
        }

        var (from, to) = (Files[file].From, Files[file].To);
        return _firstBucket[file] + (int)((sortKey - from) * Files[file].Buckets / (to - from));
    }
}
