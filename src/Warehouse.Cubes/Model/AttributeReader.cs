using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>
/// Reads <c>attributes</c>: a list of columns, or a mapping of names to nothing (the column of that name),
/// to an expression, or to a mapping with caption, format and so on.
/// </summary>
internal static class AttributeReader
{
    public static Dictionary<string, DimensionField> Read(DefinitionMap dimension)
    {
        var attributes = new Dictionary<string, DimensionField>(StringComparer.Ordinal);
        if (!dimension.HoldsMap("attributes"))
        {
            foreach (var column in dimension.Texts("attributes"))
            {
                column.RequireName();
                if (!attributes.TryAdd(column.Text, Plain(column, column.Column())))
                {
                    column.Fault($"There is an attribute \"{column}\" already.");
                }
            }

            return attributes;
        }

        var map = dimension.RequiredMap("attributes");
        foreach (var key in map.Keys)
        {
            var name = map.Key(key);
            name.RequireName();
            attributes.Add(key, map.HoldsMap(key)
                ? Whole(name, map.RequiredMap(key))
                : Plain(name, map.Expression(key) ?? name.Column()));
        }

        return attributes;
    }

    private static DimensionField Plain(DefinitionText name, SourcedExpression value) =>
        new() { Name = name.Text, Caption = Caption.OfName(name.Text), Value = value };

    private static DimensionField Whole(DefinitionText name, DefinitionMap map) => new()
    {
        Name = name.Text,
        Caption = map.Caption(name.Text),
        Value = map.Expression("is") ?? map.TextValue("column")?.Column() ?? name.Column(),
        Unit = map.Choice("unit", TimeUnits.ByName),
        Format = map.Text("format"),
        Description = map.Text("description"),
    };
}
