using System.Globalization;
using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads <c>parameters</c>: each with its type, and a default where questions need not give it.</summary>
internal static class ParameterReader
{
    private static readonly Dictionary<string, ParameterType> Types = new(StringComparer.Ordinal)
    {
        ["text"] = ParameterType.Text,
        ["number"] = ParameterType.Number,
        ["day"] = ParameterType.Day,
        ["flag"] = ParameterType.Flag,
    };

    public static void Read(DefinitionMap root, Dictionary<string, ModelParameter> parameters)
    {
        foreach (var (name, map) in root.Named("parameters"))
        {
            if (!parameters.TryAdd(name.Text, Read(name, map)))
            {
                name.Fault($"There is a parameter \"{name}\" already.");
            }
        }
    }

    public static ModelParameter Read(DefinitionText name, DefinitionMap map)
    {
        name.RequireName();
        if (!map.Has("type"))
        {
            map.Fault("type", $"\"type\" is missing in \"{name}\": one of {string.Join(", ", Types.Keys)}.");
        }

        var type = map.Choice("type", Types) ?? ParameterType.Text;
        Expression? value = null;
        if (map.TextValue("default") is { } text && (value = Value(type, text.Text)) is null)
        {
            text.Fault($"\"{text}\" is not {Text(type)}, which the parameter \"{name}\" is.");
        }

        return new ModelParameter(name.Text, type, value) { Description = map.Text("description") };
    }

    /// <summary>A text as a constant of a type; null where it is none.</summary>
    public static Expression? Value(ParameterType type, string text) => type switch
    {
        ParameterType.Text => new Literal(text),
        ParameterType.Number when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => new Literal(whole),
        ParameterType.Number when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => new Literal(number),
        ParameterType.Day when Period.TryParse(text, out var period) && period.Unit == TimeUnit.Day => new PeriodLiteral(period),
        ParameterType.Flag when text is "true" or "false" => new Literal(text is "true"),
        _ => null,
    };

    public static string Text(ParameterType type) => type switch
    {
        ParameterType.Text => "a text",
        ParameterType.Number => "a number",
        ParameterType.Day => "a day like 2011-06-30",
        _ => "true or false",
    };
}
