using System.CommandLine;
using System.Text.Json;
using Warehouse.Definitions;

namespace Warehouse.Service.Api;

/// <summary>Puts together the words of a command line that say what a program said by names.</summary>
internal static class VerbWords
{
    /// <summary>How such words are read: nothing in them names a file to read them from.</summary>
    public static ParserConfiguration Plain { get; } = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>The words.</summary>
    /// <param name="route">What is asked.</param>
    /// <param name="given">The values by parameter.</param>
    /// <param name="form">How the answer is written.</param>
    /// <exception cref="WrongCommandException">A parameter is not known.</exception>
    public static List<string> Of(VerbRoute route, IReadOnlyDictionary<string, IReadOnlyList<string>> given, AnswerForm form)
    {
        if (given.Keys.FirstOrDefault(name => route.Parameters.All(parameter => parameter.Name != name)) is { } unknown)
        {
            throw new WrongCommandException(
                $"There is no parameter \"{unknown}\". {NearNames.Hint(unknown, route.Parameters.Select(parameter => parameter.Name), "parameters")}");
        }

        List<string> words = [.. route.Rule.Verb.Split(' '), .. route.Rule.Fixed];
        if (form != AnswerForm.Words && route.Forms.Contains(form))
        {
            words.Add($"--format={form.Name}");
        }

        List<string> arguments = [];
        foreach (var parameter in route.Parameters.Where(parameter => given.ContainsKey(parameter.Name)))
        {
            (parameter.Symbol is Argument ? arguments : words).AddRange(parameter.Words(given[parameter.Name]));
        }

        // What follows the two hyphens is never an option, whatever it begins with.
        return arguments.Count == 0 ? words : [.. words, "--", .. arguments];
    }

    /// <summary>The values that JSON says.</summary>
    /// <exception cref="WrongCommandException">It is an object, or a list of other than single values.</exception>
    public static IReadOnlyList<string> Values(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(Text)],
        JsonValueKind.Null => [],
        _ => [Text(value)],
    };

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new WrongCommandException("A parameter's value is a text, a number, true or false, or a list of these."),
    };
}
