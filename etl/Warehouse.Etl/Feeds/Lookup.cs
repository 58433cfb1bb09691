using Warehouse.Definitions;
using Warehouse.Etl.Staging.Remote;

namespace Warehouse.Etl.Feeds;

/// <summary>Texts that stand for others.</summary>
/// <param name="Steps">What each text stands for; each step looks up what the one before found.</param>
/// <param name="Otherwise">What every other text stands for; null rejects a row with one.</param>
public sealed record Lookup(IReadOnlyList<LookupStep> Steps, string? Otherwise)
{
    /// <summary>Reads a lookup: its texts, or the files that hold them ({file: …, key: …, value: …}); or a list of such.</summary>
    internal static Lookup? Read(DefinitionMap map)
    {
        var otherwise = map.Text("otherwise");
        var steps = map.HoldsList("lookup") ? map.Maps("lookup") : map.Map("lookup") is { } only ? [only] : [];
        if (steps.Count > 0)
        {
            return new Lookup([.. steps.Select(ReadStep)], otherwise);
        }

        if (otherwise is not null)
        {
            map.Fault("otherwise", "\"otherwise\" is what texts stand for that a \"lookup\" does not name: the lookup is missing.");
        }

        return null;
    }

    private static LookupStep ReadStep(DefinitionMap step)
    {
        if (!step.Has("file"))
        {
            return new LookupStep(step.NamedTexts().ToDictionary(pair => pair.Name.Text, pair => pair.Value.Text, StringComparer.Ordinal), null);
        }

        var files = step.Texts("file");
        foreach (var address in files.Where(file => FileAddress.IsAddress(file.Text)))
        {
            address.Fault("A lookup reads files of this machine, not addresses.");
        }

        return new LookupStep(
            new Dictionary<string, string>(), new LookupFiles(FeedSourceReader.ReadFiles(step, files), step.Key("file"), step.RequiredTextValue("key"), step.RequiredTextValue("value")));
    }
}

/// <summary>What texts stand for, as a feed says it or files do.</summary>
/// <param name="Said">What the feed says.</param>
/// <param name="Files">The files; null where the feed says it.</param>
public sealed record LookupStep(IReadOnlyDictionary<string, string> Said, LookupFiles? Files);

/// <summary>Files that say what texts stand for. Of a text that they name twice the last counts.</summary>
/// <param name="Source">The files and how they are written.</param>
/// <param name="Place">Where the feed names them.</param>
/// <param name="Key">The column with the texts.</param>
/// <param name="Value">The column with what they stand for.</param>
public sealed record LookupFiles(FeedSource Source, DefinitionText Place, DefinitionText Key, DefinitionText Value)
{
    /// <summary>The files as the feed names them.</summary>
    public override string ToString() => string.Join(", ", Source.Files);
}
