using System.Collections.Concurrent;

namespace Warehouse.SampleData.Dirt;

/// <summary>A planted fault.</summary>
/// <param name="File">Relative to the data folder, with slashes.</param>
/// <param name="Line">Of a text file the line on which the row begins, 1 for the first; of Parquet the row, 1 for the first.</param>
/// <param name="Original">The row as it ought to be; null for a row that ought not to be there.</param>
/// <param name="NetTenThousandths">What an order line would have added to the total of its file, in 1/10000 pounds.</param>
internal sealed record Fault(
    string File, long Line, string Kind, string? Column, Outcome Outcome, string? Original, long NetTenThousandths);

/// <summary>Every fault that was planted.</summary>
internal sealed class FaultLog
{
    private readonly ConcurrentBag<Fault> _faults = [];

    public void Add(Fault fault) => _faults.Add(fault);

    public IReadOnlyList<Fault> All() =>
        [.. _faults.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Kind, StringComparer.Ordinal)];
}
