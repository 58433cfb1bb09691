using System.CommandLine;
using Warehouse.Definitions;

namespace Warehouse.Verbs.Commands;

/// <summary><c>--param NAME=VALUE</c>, as often as there are parameters.</summary>
internal sealed class ParameterOption : Option<string[]>
{
    public ParameterOption(string description)
        : base("--param")
    {
        Description = description;
        HelpName = "NAME=VALUE";
    }

    /// <summary>The values by name; the last one of a name holds.</summary>
    /// <param name="command">The command line.</param>
    /// <param name="before">Values said elsewhere, which these replace.</param>
    /// <exception cref="WrongCommandException">One has no value.</exception>
    public Dictionary<string, string> ValuesIn(ParseResult command, IReadOnlyDictionary<string, string>? before = null)
    {
        var given = new Dictionary<string, string>(before ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var text in command.GetValue(this) ?? [])
        {
            var (name, value) = text.Split('=', 2) is [var left, var right]
                ? (left.Trim(), right)
                : throw new WrongCommandException($"'--param {text}' gives no value. Write '--param {text}=…'.");
            given[name] = value;
        }

        return given;
    }
}
