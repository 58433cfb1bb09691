using System.Text.RegularExpressions;

namespace Warehouse.Pages.Segments;

/// <summary>
/// The text of a segment's definition, to which conditions are added and from which they are taken away, line by line: what
/// somebody has written around them stays as it is. The service alone says whether the text is right.
/// </summary>
/// <param name="Text">The text.</param>
public sealed partial record SegmentText(string Text)
{
    private const string Block = "where";

    /// <summary>What a new segment begins with.</summary>
    public static string Empty { get; } = "segment: \ndescription: \nwhere:\n";

    /// <summary>The name that the text gives; null where it gives none.</summary>
    public string? Name => NameLine().Match(Text) is { Success: true } match && match.Groups["name"].Value.Trim() is { Length: > 0 } name ? name.Trim('"', '\'') : null;

    /// <summary>The conditions, in the order of the text: those that all have to hold, those of which one has to, those that must not.</summary>
    public IReadOnlyList<WrittenCondition> Conditions
    {
        get
        {
            var lines = Lines();
            return [.. Entries(lines).SelectMany(entry => entry.Key is "all" or "any" && Items(lines, entry) is { Count: > 0 } items
                ? items.Select(item => new WrittenCondition(entry.Key == "any" ? Joined.Or : Joined.And, Words(lines, item).TrimStart('-').Trim(), item.First, item.Count))
                : [new WrittenCondition(entry.Key == "not" ? Joined.AndNot : Joined.And, Words(lines, entry), entry.First, entry.Count)])];
        }
    }

    /// <summary>The text with another name.</summary>
    public SegmentText Named(string name) => NameLine().IsMatch(Text)
        ? new SegmentText(NameLine().Replace(Text, match => $"segment: {name}", 1))
        : new SegmentText($"segment: {name}\n{Text}");

    /// <summary>The text with one more condition, such as <c>country: [IE, GB]</c>.</summary>
    public SegmentText With(Joined how, string condition)
    {
        var lines = Lines();
        OpenBlock(lines);
        var entries = Entries(lines);
        var key = how == Joined.AndNot ? "not" : condition[..condition.IndexOf(':', StringComparison.Ordinal)];
        if (how != Joined.Or && entries.All(entry => entry.Key != key))
        {
            lines.Insert(End(lines, entries), Indent(lines, entries) + (how == Joined.AndNot ? $"not: {{{condition}}}" : condition));
        }
        else
        {
            AddTo(lines, entries, how == Joined.Or ? "any" : "all", how == Joined.AndNot ? $"{{not: {{{condition}}}}}" : $"{{{condition}}}");
        }

        return Of(lines);
    }

    /// <summary>A condition with its lines, as it stands in the text.</summary>
    public string Written(WrittenCondition condition) => string.Join('\n', Lines().GetRange(condition.First, condition.Lines));

    /// <summary>The text with another condition, such as <c>country: [IE, GB]</c>, in the place of one; a remark beside it stays.</summary>
    public SegmentText With(WrittenCondition old, Joined how, string condition)
    {
        var lines = Lines();
        var line = lines[old.First];
        var key = how == Joined.AndNot ? "not" : condition[..condition.IndexOf(':', StringComparison.Ordinal)];
        var isTaken = !line.TrimStart().StartsWith('-') && Entries(lines).Any(entry => entry.Key == key && entry.First != old.First);
        if (isTaken || (how == Joined.Or) != (old.How == Joined.Or))
        {
            return Without(old).With(how, condition);
        }

        var inset = line[..(line.Length - line.TrimStart().Length)];
        var said = how == Joined.AndNot ? $"not: {{{condition}}}" : condition;
        var remark = old.Lines == 1 && Remark().Match(line) is { Success: true } match ? match.Value : "";
        lines.RemoveRange(old.First, old.Lines);
        lines.Insert(old.First, $"{inset}{(line.TrimStart().StartsWith('-') ? $"- {{{said}}}" : said)}{remark}");
        return Of(lines);
    }

    /// <summary>The text without a condition of it.</summary>
    public SegmentText Without(WrittenCondition condition)
    {
        var lines = Lines();
        lines.RemoveRange(condition.First, condition.Lines);
        var empty = Entries(lines).FirstOrDefault(entry => entry.Key is "all" or "any" && entry.Count == 1 && lines[entry.First].TrimEnd().EndsWith(':'));
        if (empty is not null)
        {
            lines.RemoveAt(empty.First);
        }

        return Of(lines);
    }

    private static SegmentText Of(List<string> lines) => new(string.Join('\n', lines));

    private List<string> Lines() => [.. Text.ReplaceLineEndings("\n").Split('\n')];

    /// <summary>Makes sure that there is a block of conditions of which each has lines of its own.</summary>
    private static void OpenBlock(List<string> lines)
    {
        var at = lines.FindIndex(line => line.StartsWith($"{Block}:", StringComparison.Ordinal));
        if (at < 0)
        {
            at = lines.Count;
            while (at > 0 && lines[at - 1].Trim().Length == 0)
            {
                at--;
            }

            lines.Insert(at, $"{Block}:");
            return;
        }

        var inline = lines[at][(Block.Length + 1)..].Trim();
        if (inline.StartsWith('{'))
        {
            lines[at] = $"{Block}:";
            if (inline.Trim('{', '}', ' ').Length > 0)
            {
                lines.InsertRange(at + 1, ["  all:", $"  - {inline}"]);
            }
        }
    }

    /// <summary>The entries of the block: a line as far in as its first, and all lines under it.</summary>
    private static List<Entry> Entries(List<string> lines)
    {
        var entries = new List<Entry>();
        var at = lines.FindIndex(line => line.TrimEnd() == $"{Block}:" || line.StartsWith($"{Block}: #", StringComparison.Ordinal));
        var depth = -1;
        for (var place = at + 1; at >= 0 && place < lines.Count; place++)
        {
            var line = lines[place];
            if (line.Trim().Length == 0 || line.TrimStart().StartsWith('#'))
            {
                continue;
            }

            var inset = line.Length - line.TrimStart().Length;
            if (inset == 0)
            {
                break;
            }

            depth = depth < 0 ? inset : depth;
            if (inset == depth && !line.TrimStart().StartsWith('-'))
            {
                entries.Add(new Entry(line.Trim().Split(':')[0], place, 1));
            }
            else if (entries.Count > 0)
            {
                entries[^1] = entries[^1] with { Count = place - entries[^1].First + 1 };
            }
        }

        return entries;
    }

    /// <summary>The items of an entry that is a list, each on lines of its own.</summary>
    private static List<Entry> Items(List<string> lines, Entry entry)
    {
        var items = new List<Entry>();
        var depth = -1;
        for (var place = entry.First + 1; place < entry.First + entry.Count; place++)
        {
            var line = lines[place];
            var inset = line.Length - line.TrimStart().Length;
            if (line.TrimStart().StartsWith('-') && (depth < 0 || inset == depth))
            {
                depth = inset;
                items.Add(new Entry("-", place, 1));
            }
            else if (items.Count > 0)
            {
                items[^1] = items[^1] with { Count = place - items[^1].First + 1 };
            }
        }

        return items;
    }

    private static void AddTo(List<string> lines, List<Entry> entries, string key, string item)
    {
        var indent = Indent(lines, entries);
        if (entries.Find(entry => entry.Key == key) is not { } list)
        {
            lines.InsertRange(End(lines, entries), [$"{indent}{key}:", $"{indent}- {item}"]);
        }
        else if (lines[list.First].TrimEnd().EndsWith(']'))
        {
            lines[list.First] = $"{lines[list.First].TrimEnd()[..^1].TrimEnd()}, {item}]";
        }
        else
        {
            var first = Items(lines, list).FirstOrDefault();
            var inset = first is null ? indent : lines[first.First][..lines[first.First].IndexOf('-', StringComparison.Ordinal)];
            lines.Insert(list.First + list.Count, $"{inset}- {item}");
        }
    }

    private static int End(List<string> lines, List<Entry> entries) => entries is [.., var last]
        ? last.First + last.Count
        : lines.FindIndex(line => line.StartsWith($"{Block}:", StringComparison.Ordinal)) + 1;

    private static string Indent(List<string> lines, List<Entry> entries) => entries is [var first, ..]
        ? lines[first.First][..(lines[first.First].Length - lines[first.First].TrimStart().Length)]
        : "  ";

    private static string Words(List<string> lines, Entry entry) => string.Join(' ', lines.GetRange(entry.First, entry.Count).Select(line => line.Trim()));

    [GeneratedRegex(@"^segment:(?<name>[^\n#]*)", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex NameLine();

    [GeneratedRegex("""\s+#[^"'}\]]*$""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Remark();

    private sealed record Entry(string Key, int First, int Count);
}

/// <summary>A condition as it stands in a text.</summary>
/// <param name="How">How it is joined to the others.</param>
/// <param name="Words">What it says.</param>
/// <param name="First">Its first line, from 0.</param>
/// <param name="Lines">How many lines it has.</param>
public sealed record WrittenCondition(Joined How, string Words, int First, int Lines);

/// <summary>How a condition is joined to the others.</summary>
public enum Joined
{
    /// <summary>It has to hold.</summary>
    And,

    /// <summary>It or another one of these has to hold.</summary>
    Or,

    /// <summary>It must not hold.</summary>
    AndNot,
}
