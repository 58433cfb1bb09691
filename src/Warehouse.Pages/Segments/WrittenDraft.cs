using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Warehouse.Pages.Segments;

/// <summary>Takes a written condition back into the form that could have written it.</summary>
internal static class WrittenDraft
{
    /// <summary>The draft of a condition; null where the form cannot say all that is written: then it is changed in the text.</summary>
    /// <param name="yaml">The condition as it stands in the text, an item of a list or an entry of the block.</param>
    /// <param name="how">How it is joined to the others.</param>
    /// <param name="kind">What an attribute takes: values, number or date.</param>
    public static ConditionDraft? Of(string yaml, Joined how, Func<string, string> kind)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            var written = stream.Documents is [var document] ? document.RootNode : null;
            written = written is YamlSequenceNode { Children: [var item] } ? item : written;
            if (Entry(written) is not var (key, value))
            {
                return null;
            }

            if (key == "not")
            {
                if (how == Joined.Or || Entry(value) is not var (denied, of))
                {
                    return null;
                }

                (how, key, value) = (Joined.AndNot, denied, of);
            }

            var draft = new ConditionDraft { Key = key, How = how };
            Fill(draft, value, kind(key));
            return draft.Yaml(kind(key)) is { } said && Says(said) == $"{{'{key}': {Says(value)}}}" ? draft : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    /// <summary>What a text says, whatever way it is written.</summary>
    private static string Says(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Says(stream.Documents[0].RootNode);
    }

    private static string Says(YamlNode node) => node switch
    {
        YamlSequenceNode { Children: [YamlScalarNode only] } => Says(only),
        YamlSequenceNode list => $"[{string.Join(", ", list.Select(Says))}]",
        YamlMappingNode map => $"{{{string.Join(", ", map.Select(pair => $"{Says(pair.Key)}: {Says(pair.Value)}").Order(StringComparer.Ordinal))}}}",
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when decimal.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
            number.ToString("0.############", CultureInfo.InvariantCulture),
        _ => $"'{((YamlScalarNode)node).Value}'",
    };

    private static (string Key, YamlNode Value)? Entry(YamlNode? node) =>
        node is YamlMappingNode { Children: { Count: 1 } children } && children.First() is { Key: YamlScalarNode { Value: { } key } } entry ? (key, entry.Value) : null;

    private static void Fill(ConditionDraft draft, YamlNode value, string kind)
    {
        switch (draft.Key, value)
        {
            case ("sequence", YamlSequenceNode steps):
                draft.Steps.AddRange(steps.OfType<YamlMappingNode>().Select(StepOf));
                break;
            case ("was", YamlMappingNode was):
                (draft.From, draft.Within) = (Text(was, "on"), Text(was, "ago"));
                if (was.Children.Keys.OfType<YamlScalarNode>().FirstOrDefault(key => key.Value is not ("on" or "ago")) is { Value: { } of } part)
                {
                    draft.Of["of"] = of;
                    draft.Values = Values(was[part]);
                }

                break;
            case ("consent", YamlScalarNode channel):
                draft.Of["channel"] = channel.Value!;
                break;
            case ("sample", YamlMappingNode sample):
                draft.From = decimal.TryParse(Text(sample, "share"), NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
                    ? (share * 100).ToString("0.####", CultureInfo.InvariantCulture)
                    : null;
                draft.Of["seed"] = Text(sample, "seed") ?? "";
                break;
            case (_, YamlMappingNode parts):
                Fill(draft, parts);
                break;
            case var _ when kind == "values":
                draft.Values = Values(value);
                break;
        }
    }

    private static void Fill(ConditionDraft draft, YamlMappingNode parts)
    {
        foreach (var (key, value) in parts.Children)
        {
            switch (key.ToString(), value)
            {
                case ("times", YamlMappingNode times):
                    (draft.TimesFrom, draft.TimesTo) = (Text(times, "from"), Text(times, "to"));
                    break;
                case ("value", YamlMappingNode worth):
                    (draft.ValueFrom, draft.ValueTo) = (Text(worth, "from"), Text(worth, "to"));
                    break;
                case ("from", YamlScalarNode from):
                    draft.From = from.Value;
                    break;
                case ("to", YamlScalarNode to):
                    draft.To = to.Value;
                    break;
                case ("within", YamlScalarNode within):
                    draft.Within = within.Value;
                    break;
                case ("until", YamlScalarNode until):
                    draft.Until = until.Value;
                    break;
                case (var part, YamlScalarNode of):
                    draft.Of[part] = of.Value!;
                    break;
            }
        }
    }

    private static ConditionDraft StepOf(YamlMappingNode step)
    {
        var within = Text(step, "within");
        var denied = step.Children.TryGetValue(new YamlScalarNode("not"), out var not) ? not as YamlMappingNode : null;
        var happened = (denied ?? step).Children.FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: not "within" });
        var draft = new ConditionDraft { Key = happened.Key?.ToString() ?? "", How = denied is null ? Joined.And : Joined.AndNot };
        if (happened.Value is YamlMappingNode parts)
        {
            Fill(draft, parts);
        }

        draft.Within = within;
        return draft;
    }

    private static string? Text(YamlMappingNode map, string key) => map.Children.TryGetValue(new YamlScalarNode(key), out var value) ? (value as YamlScalarNode)?.Value : null;

    private static string[] Values(YamlNode node) => node switch
    {
        YamlSequenceNode list => [.. list.OfType<YamlScalarNode>().Select(each => each.Value!)],
        YamlScalarNode one => [one.Value!],
        _ => [],
    };
}
