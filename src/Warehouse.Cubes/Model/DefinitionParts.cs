using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads the parts that several kinds of definition have.</summary>
internal static class DefinitionParts
{
    /// <summary>The expression of a text; a fault and NULL where it is none.</summary>
    public static SourcedExpression Expression(this DefinitionText text)
    {
        var source = new DefinitionSource(text);
        try
        {
            return new SourcedExpression(ExpressionParser.Parse(text.Text), source);
        }
        catch (ExpressionSyntaxException fault)
        {
            text.Fault(FormattableString.Invariant($"Character {fault.Position + 1} of \"{text}\": {fault.Message}"));
            return new SourcedExpression(new Literal(null), source);
        }
    }

    /// <summary>The expression of a key, or null where it is absent.</summary>
    public static SourcedExpression? Expression(this DefinitionMap map, string key) => map.TextValue(key)?.Expression();

    /// <summary>A column by its name, whatever characters it has.</summary>
    public static SourcedExpression Column(this DefinitionText text) => new(new Name(text.Text), new DefinitionSource(text));

    /// <summary><c>caption</c>: one text, or one by language of which the first is the default.</summary>
    public static Caption Caption(this DefinitionMap map, string name)
    {
        if (!map.HoldsMap("caption"))
        {
            return map.Text("caption") is { } text
                ? new Caption(text, new Dictionary<string, string>(StringComparer.Ordinal))
                : Model.Caption.OfName(name);
        }

        var captions = map.RequiredMap("caption").NamedTexts()
            .ToDictionary(entry => entry.Name.Text, entry => entry.Value.Text, StringComparer.Ordinal);
        return captions.Count == 0 ? Model.Caption.OfName(name) : new Caption(captions.First().Value, captions);
    }

    /// <summary>A table of one to three parts, none of them empty.</summary>
    public static TableName Table(this DefinitionText text)
    {
        var table = new TableName(text.Text);
        if (table.Parts.Length > 3 || table.Parts.Any(part => part.Length == 0))
        {
            text.Fault($"\"{text}\" is no table: expected table, schema.table or catalogue.schema.table.");
        }

        return table;
    }

    /// <summary>Names of members and measures: at least one character, no dot.</summary>
    public static void RequireName(this DefinitionText name)
    {
        if (name.Text.Length == 0 || name.Text.Contains('.', StringComparison.Ordinal))
        {
            name.Fault($"\"{name}\" cannot be a name: it has to have a character and no dot.");
        }
    }
}
