using System.Text;
using Warehouse.Definitions;
using Warehouse.Etl.Staging;
using Warehouse.Store;

namespace Warehouse.Etl.Feeds;

/// <summary>Texts that stand for others.</summary>
/// <param name="Values">What each text stands for.</param>
/// <param name="Otherwise">What every other text stands for; null rejects a row with one.</param>
public sealed record Lookup(IReadOnlyDictionary<string, string> Values, string? Otherwise)
{
    /// <summary>Reads a lookup: its texts, or the file that holds them ({file: …, key: …, value: …}).</summary>
    internal static Lookup? Read(DefinitionMap map, Workspace workspace)
    {
        var otherwise = map.Text("otherwise");
        if (map.Map("lookup") is not { } lookup)
        {
            if (otherwise is not null)
            {
                map.Fault("otherwise", "\"otherwise\" is what texts stand for that a \"lookup\" does not name: the lookup is missing.");
            }

            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!lookup.Has("file"))
        {
            foreach (var (name, value) in lookup.NamedTexts())
            {
                values[name.Text] = value.Text;
            }

            return new Lookup(values, otherwise);
        }

        var file = lookup.RequiredTextValue("file");
        var key = lookup.RequiredTextValue("key");
        var means = lookup.RequiredTextValue("value");
        try
        {
            ReadFile(workspace.PathOf(file.Text), key, means, values);
        }
        catch (Exception fault) when (SourceFault.IsOfSource(fault))
        {
            file.Fault($"The lookup's file cannot be read: {fault.Message}");
        }

        return new Lookup(values, otherwise);
    }

    private static void ReadFile(string path, DefinitionText key, DefinitionText means, Dictionary<string, string> values)
    {
        using var stream = SourceStream.Open(path, Encoding.UTF8, out _);
        var records = new DelimitedRecords(stream, DelimitedFile.DelimiterOf(path), '"');
        var header = records.ReadHeader().ToList();
        foreach (var column in new[] { key, means }.Where(column => !header.Contains(column.Text)))
        {
            column.Fault($"The lookup's file has no column \"{column}\". {NearNames.Hint(column.Text, header, "columns of the file")}");
            return;
        }

        foreach (var block in records.Read())
        {
            using (block)
            {
                for (var row = 0; row < block.Count; row++)
                {
                    var record = block.Record(row);
                    values[Encoding.UTF8.GetString(block.Text(record[header.IndexOf(key.Text)])).Trim()] =
                        Encoding.UTF8.GetString(block.Text(record[header.IndexOf(means.Text)])).Trim();
                }
            }
        }
    }
}
