using System.Globalization;
using System.Text.RegularExpressions;
using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>
/// The most memory that the process is to hold. The engine is given what the program leaves it: what the process holds beside the
/// engine's own account was measured with 5 and 20 million order lines (tests/Warehouse.Benchmarks/results/pipeline.md).
/// </summary>
/// <param name="Bytes">For the whole process.</param>
public readonly partial record struct MemoryLimit(long Bytes)
{
    private const long Mega = 1_000_000;
    private const long OfProgram = 300 * Mega;

    /// <summary>Less cannot be asked for: the engine would have nothing to work with.</summary>
    private const long Least = 360 * Mega;

    /// <summary>How many bytes the engine may account for: nine tenths of what the program leaves, for it holds more than it accounts for.</summary>
    public long OfEngine => (Bytes - OfProgram) / 10 * 9;

    /// <summary>Half of what the machine, or the container, has.</summary>
    internal static MemoryLimit HalfOfMachine => new(Math.Max(Least, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2));

    /// <summary>Reads a size like 8GB or 512MB (decimal) or 1GiB (binary); null, with a fault where one is given that is none.</summary>
    internal static MemoryLimit? Read(DefinitionText? size)
    {
        if (size is null)
        {
            return null;
        }

        var match = Size().Match(size.Text);
        if (!match.Success || !decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            size.Fault($"\"memory\" is a size like 8GB or 512MB, not \"{size}\".");
            return null;
        }

        var unit = (decimal)Math.Pow(match.Groups["binary"].Success ? 1024 : 1000, "KMGT".IndexOf(match.Groups["unit"].Value, StringComparison.Ordinal) + 1);
        var bytes = number > long.MaxValue / unit ? long.MaxValue : (long)(number * unit);
        if (bytes < Least)
        {
            size.Fault(string.Create(
                CultureInfo.InvariantCulture, $"\"memory\" is for the whole program, which takes about {OfProgram / Mega}MB beside the engine: give it {Least / Mega}MB or more, not \"{size}\"."));
        }

        return new MemoryLimit(bytes);
    }

    [GeneratedRegex("^(?<number>[0-9]+(\\.[0-9]+)?) ?(?<unit>[KMGT])(?<binary>i)?B$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Size();
}
