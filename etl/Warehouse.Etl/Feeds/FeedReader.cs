using System.Globalization;
using Warehouse.Definitions;
using Warehouse.Etl.Feeds.Expressions;
using Warehouse.Etl.Star;
using Warehouse.Etl.Targets;
using Warehouse.Store;

namespace Warehouse.Etl.Feeds;

/// <summary>Reads a feed's YAML.</summary>
internal static class FeedReader
{
    private static readonly Dictionary<string, bool> Duplicates = new(StringComparer.Ordinal) { ["keep"] = false, ["reject"] = true };

    private static readonly Dictionary<string, bool> Knowns = new(StringComparer.Ordinal) { ["at_load"] = false, ["at_event"] = true };

    private static readonly Dictionary<string, bool> Changes = new(StringComparer.Ordinal) { ["add"] = false, ["correct"] = true, ["replace"] = true };

    internal static readonly Dictionary<string, bool> Histories = new(StringComparer.Ordinal) { ["versions"] = true, ["latest"] = false };

    /// <summary>Reads a feed; null where it says that it is not enabled: then nothing else in it needs to be right.</summary>
    public static Feed? Load(Workspace workspace, string path)
    {
        var file = DefinitionFile.Load(path, workspace.NameOf(path));
        var root = file.Root;
        if (root.Flag("enabled") == false)
        {
            return null;
        }

        var identity = root.Text("identity");
        var feed = new Feed(
            root.Text("feed") ?? Path.GetFileNameWithoutExtension(path),
            root.Text("description"),
            FeedSourceReader.Read(root.RequiredMap("source")),
            [ReadTarget(root, identity), .. root.Maps("also").Select(also => ReadTarget(also, identity))],
            ReadShare("reject_limit", root.TextValue("reject_limit")),
            ReadShare("stop_limit", root.TextValue("stop_limit")),
            root.Choice("duplicates", Duplicates) ?? false,
            root.Choice("known", Knowns) ?? false,
            file.Hash)
        {
            Where = ReadFilter(root.TextValue("where")),
        };
        if (feed.Fills.Any(fill => fill.Target == TargetCatalogue.Sale) && feed.Fills.Any(fill => fill.Target == TargetCatalogue.ExchangeRate))
        {
            root.Fault("also", "Exchange rates must be known before the order lines that need them are read: give them a feed of their own.");
        }

        if (!feed.IsKnownAtEvent && feed.Fills.Any(fill => fill.Fills("changed_at")))
        {
            root.Fault("known", "\"changed_at\" says since when the company knew a row: say « known: at_event ».");
        }

        file.ThrowIfFaulty();
        return feed;
    }

    private static ValueSource? ReadFilter(DefinitionText? text) => text is null || ExpressionParser.Read(text) is not { } expression
        ? null
        : new ValueSource(text.Text, [], null, null, null) { Expression = expression };

    private static FeedTarget ReadTarget(DefinitionMap map, string? identity)
    {
        var into = map.RequiredTextValue("into");
        var target = TargetCatalogue.All.FirstOrDefault(candidate => candidate.Name == into.Text);
        if (target is null)
        {
            if (into.Text.Length > 0)
            {
                into.Fault($"There is no target \"{into}\". {NearNames.Hint(into.Text, TargetCatalogue.All.Select(known => known.Name), "targets")}");
            }

            target = TargetCatalogue.Sale;
            _ = ColumnMappingReader.ReadAll(map.RequiredMap("columns"), null, identity);
        }

        var keepsHistory = map.Choice("history", Histories) ?? true;
        var corrects = map.Choice("changes", Changes);
        var fill = new FeedTarget(
            target,
            into.Text == target.Name ? ColumnMappingReader.ReadAll(map.RequiredMap("columns"), target, identity) : [],
            [.. map.Maps("identifiers").Select(ReadIdentifier)],
            keepsHistory,
            corrects ?? target != TargetCatalogue.Sale)
        {
            Replaces = ReadParts(map, target),
        };
        fill = fill with { Clears = ReadClears(map, fill) };
        foreach (var missing in target.Columns.Where(column => column.IsOnlyForFirst && !fill.Accumulates && into.Text == target.Name && !fill.Fills(column.Name)))
        {
            map.Fault("columns", $"\"{missing.Name}\" is missing: {target.Name} needs it where each row is something new or the whole of it. {missing.Meaning}");
        }

        if (corrects is not null && target.Fact is null)
        {
            map.Fault("changes", $"\"changes\" is for facts (sale, contact, touch); what is said of a {target.Name} again always holds from then on.");
        }
        else if (fill.Corrects && target == TargetCatalogue.Sale && !fill.Fills("line_id"))
        {
            map.Fault("changes", "Order lines can only be corrected where the source names them: \"line_id\" is missing.");
        }
        else if (fill.Replaces.SelectMany(name => FactTable.Of(target)!.Parts[name].Said.Take(1)).FirstOrDefault(name => !fill.Fills(name)) is { } missing)
        {
            map.Fault("replaces", $"Parts can only be told as a whole where each row says of which it is: \"{missing}\" is missing.");
        }
        else if (!fill.Corrects && (fill.Fills("is_deleted") || fill.Fills("changed_at")))
        {
            map.Fault("changes", "\"is_deleted\" and \"changed_at\" are about rows that are known: say « changes: correct ».");
        }

        return fill;
    }

    /// <summary>What makes a part that is told as a whole; none where the feed tells single rows.</summary>
    private static string[] ReadParts(DefinitionMap map, Target target)
    {
        var names = map.Texts("replaces");
        var isReplacing = map.TextValue("changes")?.Text == "replace";
        var known = FactTable.Of(target)?.Parts.Keys.ToArray() ?? [];
        if (isReplacing && names.Count == 0 && target.Fact is not null)
        {
            map.Fault("replaces", $"\"replaces\" is missing: say what is told as a whole, such as {known[0]}.");
        }
        else if (!isReplacing && names.Count > 0)
        {
            map.Fault("replaces", "\"replaces\" says what is told as a whole: say « changes: replace » too.");
        }

        foreach (var name in names.Where(name => !known.Contains(name.Text)))
        {
            name.Fault($"\"{name}\" is no part of {target.Name} that can be told as a whole. {NearNames.Hint(name.Text, known, "parts")}");
        }

        return isReplacing ? [.. names.Select(name => name.Text).Where(known.Contains).Distinct()] : [];
    }

    /// <summary>The columns of which an empty cell takes back what was told; « all » are those that the feed fills.</summary>
    private static string[] ReadClears(DefinitionMap map, FeedTarget fill)
    {
        var names = map.Texts("clears");
        if (names.Count > 0 && !fill.Accumulates)
        {
            map.Fault("clears", "\"clears\" is about contacts and touches that are told row by row; elsewhere an empty cell always means that there is nothing.");
            return [];
        }

        var known = fill.Mappings.Select(mapping => mapping.Column).Where(column => column is { IsRequired: false, Name: not ("changed_at" or "is_deleted") }).Select(column => column.Name).ToArray();
        foreach (var name in names.Where(name => name.Text != "all" && !known.Contains(name.Text)))
        {
            name.Fault($"\"{name}\" is no column that the feed fills and that can be empty. {NearNames.Hint(name.Text, known, "columns")}");
        }

        return names.Any(name => name.Text == "all") ? known : [.. names.Select(name => name.Text)];
    }

    private static Identifier ReadIdentifier(DefinitionMap map) => new(
        map.RequiredText("identity"),
        new ValueSource(
            map.RequiredText("from"), ColumnMappingReader.ReadCleaning(map), null, ColumnMappingReader.ReadPattern(map.TextValue("matches")), null),
        map.Flag("ties") ?? false);

    private static decimal ReadShare(string key, DefinitionText? text)
    {
        if (text is null)
        {
            return 1;
        }

        var percent = text.Text.EndsWith('%');
        if (decimal.TryParse(text.Text.TrimEnd('%'), CultureInfo.InvariantCulture, out var number))
        {
            var share = percent ? number / 100 : number;
            if (share is >= 0 and <= 1)
            {
                return share;
            }
        }

        text.Fault($"\"{key}\" is a share of the rows from 0% to 100%, not \"{text}\".");
        return 1;
    }
}
