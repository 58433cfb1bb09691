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
    /// <summary>
    /// Reads a lookup: its texts, or the file that holds them ({file: …, key: …, value: …}); of a list each one looks up what
    /// the one before found.
    /// </summary>
    internal static Lookup? Read(DefinitionMap map, Workspace workspace)
    {
        var otherwise = map.Text("otherwise");
        var steps = map.HoldsList("lookup") ? map.Maps("lookup") : map.Map("lookup") is { } only ? [only] : [];
        if (steps.Count == 0)
        {
            if (otherwise is not null)
            {
                map.Fault("otherwise", "\"otherwise\" is what texts stand for that a \"lookup\" does not name: the lookup is missing.");
            }

            return null;
        }

        var values = ReadStep(steps[0], workspace);
        foreach (var step in steps.Skip(1))
        {
            var next = ReadStep(step, workspace);
            values = values.Where(pair => next.ContainsKey(pair.Value)).ToDictionary(pair => pair.Key, pair => next[pair.Value], StringComparer.Ordinal);
        }

        return new Lookup(values, otherwise);
    }

    private static Dictionary<string, string> ReadStep(DefinitionMap lookup, Workspace workspace)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!lookup.Has("file"))
        {
            foreach (var (name, value) in lookup.NamedTexts())
            {
                values[name.Text] = value.Text;
            }

            return values;
        }

        var file = lookup.RequiredTextValue("file");
        var key = lookup.RequiredTextValue("key");
        var means = lookup.RequiredTextValue("value");
        var delimiter = FeedReader.ReadDelimiter(lookup.TextValue("delimiter")) ?? DelimitedFile.DelimiterOf(file.Text);
        var encoding = FeedReader.ReadEncoding(lookup.TextValue("encoding"));
        var joins = lookup.Choice("stray_delimiters", FeedReader.StrayDelimiters) ?? false;
        try
        {
            using var stream = SourceStream.Open(workspace.PathOf(file.Text), encoding, out _);
            ReadFile(new DelimitedRecords(stream, delimiter, '"') { JoinsStrayDelimiters = joins }, key, means, values);
        }
        catch (Exception fault) when (SourceFault.IsOfSource(fault))
        {
            file.Fault($"The lookup's file cannot be read: {fault.Message}");
        }

        return values;
    }

    private static void ReadFile(DelimitedRecords records, DefinitionText key, DefinitionText means, Dictionary<string, string> values)
    {
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
