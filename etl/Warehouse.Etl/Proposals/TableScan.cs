using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Proposals;

/// <summary>What was counted in a look at a table.</summary>
/// <param name="Header">The names of its columns.</param>
/// <param name="Values">The values of each column and how often each was seen; texts without a sign are left out.</param>
/// <param name="Rows">How many rows were looked at.</param>
/// <param name="Duplicates">How many of them are equal to an earlier one in every column.</param>
/// <param name="Broken">How many records cannot be split into the fields of the header.</param>
/// <param name="Sample">The first rows, a text for each column.</param>
internal sealed record TableScan(
    IReadOnlyList<string> Header, Dictionary<string, int>[] Values, long Rows, long Duplicates, long Broken, IReadOnlyList<string[]> Sample)
{
    /// <summary>So many rows are looked at: enough to see what is frequent.</summary>
    public const int MostRows = 200_000;

    private const int MostSampled = 5_000;
    private const int MostCells = 1_000_000;

    /// <summary>The first of rows, as many as a sample holds.</summary>
    public static IReadOnlyList<string[]> Bounded(IEnumerable<string[]> rows) => [.. rows.Take(MostSampled)];

    /// <summary>Looks at a table as it would be loaded.</summary>
    /// <exception cref="Definitions.UserFaultException">It cannot be read.</exception>
    public static async Task<TableScan> OfAsync(string path, FileFormat format, FeedSource source, CancellationToken cancellationToken)
    {
        await using var records = await RowSources.OpenAsync(path, Path.GetFileName(path), format, source, cancellationToken);
        var values = records.Header.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal)).ToArray();
        var seen = new HashSet<UInt128>();
        var sample = new List<string[]>();
        long rows = 0, duplicates = 0, broken = 0;
        foreach (var block in records.Read(cancellationToken))
        {
            using (block)
            {
                broken += block.Broken.Count;
                for (var row = 0; row < block.Count && rows < MostRows; row++, rows++)
                {
                    var texts = new string[values.Length];
                    for (var field = 0; field < values.Length; field++)
                    {
                        texts[field] = Encoding.UTF8.GetString(block.Text(block.Record(row)[field])).Trim();
                        if (texts[field].Length > 0)
                        {
                            CollectionsMarshal.GetValueRefOrAddDefault(values[field], texts[field], out _)++;
                        }
                    }

                    if (sample.Count < MostSampled && sample.Count * values.Length < MostCells)
                    {
                        sample.Add(texts);
                    }

                    var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts)));
                    duplicates += seen.Add(BinaryPrimitives.ReadUInt128LittleEndian(hash)) ? 0 : 1;
                }
            }

            if (rows >= MostRows)
            {
                break;
            }
        }

        return new TableScan(records.Header, values, rows, duplicates, broken, sample);
    }
}
