using System.Text.Json;
using System.Text.RegularExpressions;
using Warehouse.Definitions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>Adds decisions to the text of an <c>identity.yaml</c> and takes them out; every other character, comments among them, stays.</summary>
internal static partial class DecisionLines
{
    private const string Key = "decisions";

    /// <summary>The text with a decision more, after the others.</summary>
    /// <exception cref="UserFaultException">The file is written so that no line can be added.</exception>
    public static string Add(string text, IdentityDecision decision)
    {
        var ends = EndsOf(text);
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var root = RootOf(text);
        if (root is { Style: MappingStyle.Flow })
        {
            throw new UserFaultException(
                $"{IdentityDefinition.FileName} is written in braces. Write its keys on lines of their own (rules: …, decisions: …), so that a decision can be added.");
        }

        switch (Decisions(root))
        {
            case null:
                var end = text.Length == 0 || text.EndsWith('\n') ? "" : newLine;
                return $"{text}{end}{Key}:{newLine}- {Line(decision)}{newLine}";
            case YamlSequenceNode { Children.Count: 0 } empty:
                var before = text[..(int)empty.Start.Index].TrimEnd(' ');
                return $"{before}{newLine}- {Line(decision)}{text[ends[(int)empty.Start.Index]..]}";
            case YamlSequenceNode { Style: SequenceStyle.Flow } flow:
                return text.Insert(EndOf(flow.Children[^1], ends), $", {Line(decision)}");
            case YamlSequenceNode list:
                var first = StartOfLine(text, (int)list.Children[0].Start.Index);
                var indent = text[first..text.IndexOf('-', first)];
                return InsertAfter(text, EndOf(list, ends), $"{indent}- {Line(decision)}", newLine);
            case var nothing:
                return InsertAfter(text, (int)nothing.End.Index, $"- {Line(decision)}", newLine);
        }
    }

    /// <summary>The text without one of its decisions.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">The decision's place among them, from 0.</param>
    public static string Remove(string text, int place)
    {
        var list = (YamlSequenceNode)Decisions(RootOf(text))!;
        var item = list.Children[place];
        var ends = EndsOf(text);
        if (list.Style == SequenceStyle.Flow)
        {
            var (start, end) = (place, list.Children.Count) switch
            {
                (0, 1) => ((int)item.Start.Index, EndOf(item, ends)),
                (0, _) => ((int)item.Start.Index, (int)list.Children[1].Start.Index),
                _ => (EndOf(list.Children[place - 1], ends), EndOf(item, ends)),
            };
            return text.Remove(start, end - start);
        }

        var from = StartOfLine(text, text.LastIndexOf('-', (int)item.Start.Index));
        var to = EndOfLine(text, EndOf(item, ends));
        return text.Remove(from, to - from);
    }

    private static string Line(IdentityDecision decision)
    {
        var labels = string.Join(", ", decision.Labels.Select(label => Plain().IsMatch(label) ? label : JsonSerializer.Serialize(label)));
        var by = decision.By is { } name ? $", by: {JsonSerializer.Serialize(name)}" : "";
        var at = decision.At is { } time ? FormattableString.Invariant($", at: {time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}") : "";
        return $"{{{(decision.AreSame ? "same" : "different")}: [{labels}], because: {JsonSerializer.Serialize(decision.Because)}{by}{at}}}";
    }

    private static YamlMappingNode? RootOf(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode as YamlMappingNode;
    }

    private static YamlNode? Decisions(YamlMappingNode? root) =>
        root is not null && root.Children.TryGetValue(new YamlScalarNode(Key), out var decisions) ? decisions : null;

    /// <summary>Where mappings and lists in brackets end, by where they begin.</summary>
    private static Dictionary<int, int> EndsOf(string text)
    {
        var ends = new Dictionary<int, int>();
        var open = new Stack<int>();
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (parser.Current!.NestingIncrease > 0)
            {
                open.Push((int)parser.Current.Start.Index);
            }
            else if (parser.Current.NestingIncrease < 0)
            {
                // The parser ends what stands in brackets before the closing one.
                var end = (int)parser.Current.End.Index;
                ends[open.Pop()] = end < text.Length && text[end] is (']' or '}') ? end + 1 : end;
            }
        }

        return ends;
    }

    /// <summary>Where a node's own text ends; the parser takes what follows a block for a part of it.</summary>
    private static int EndOf(YamlNode node, Dictionary<int, int> ends) => node switch
    {
        YamlMappingNode { Style: not MappingStyle.Flow, Children.Count: > 0 } map => EndOf(map.Children[^1].Value, ends),
        YamlSequenceNode { Style: not SequenceStyle.Flow, Children.Count: > 0 } list => EndOf(list.Children[^1], ends),
        YamlMappingNode or YamlSequenceNode => ends[(int)node.Start.Index],
        YamlScalarNode { Style: ScalarStyle.Literal or ScalarStyle.Folded } block => (int)block.End.Index - 1,
        _ => (int)node.End.Index,
    };

    private static int StartOfLine(string text, int at) => at <= 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>The beginning of the line after the one of a place.</summary>
    private static int EndOfLine(string text, int at) => text.IndexOf('\n', Math.Min(at, text.Length)) is >= 0 and var end ? end + 1 : text.Length;

    private static string InsertAfter(string text, int at, string line, string newLine)
    {
        var end = EndOfLine(text, at);
        return end == text.Length && !text.EndsWith('\n') ? $"{text}{newLine}{line}{newLine}" : text.Insert(end, line + newLine);
    }

    [GeneratedRegex(@"^[A-Za-z_][\w.-]*:[\w@.+/-]+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
