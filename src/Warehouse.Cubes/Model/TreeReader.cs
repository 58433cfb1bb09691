using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads <c>parent</c>: the column with the key of the member above, the attribute that labels members, and the levels.</summary>
internal static class TreeReader
{
    public static MemberTree? Read(DefinitionMap dimension, Dictionary<string, DimensionField> attributes)
    {
        if (dimension.Map("parent") is not { } map)
        {
            return null;
        }

        var column = map.RequiredText("column");
        var label = map.RequiredTextValue("label");
        if (label.Text.Length > 0 && !attributes.ContainsKey(label.Text))
        {
            label.Fault($"There is no attribute \"{label}\" to label members by. {NearNames.Hint(label.Text, attributes.Keys, "attributes")}");
        }

        var levels = map.Texts("levels");
        foreach (var level in levels)
        {
            level.RequireName();
            Add(level, attributes);
        }

        attributes.TryAdd(MemberTree.Depth, Field(MemberTree.Depth, MemberTree.Depth, dimension));
        attributes.TryAdd(MemberTree.Path, Field(MemberTree.Path, MemberTree.Path, dimension));
        return new MemberTree(column, label.Text, [.. levels.Select(level => level.Text)]);
    }

    private static void Add(DefinitionText level, Dictionary<string, DimensionField> attributes)
    {
        if (!attributes.TryAdd(level.Text, new DimensionField { Name = level.Text, Caption = Caption.OfName(level.Text), Value = level.Column(), TreeColumn = level.Text }))
        {
            level.Fault($"There is an attribute \"{level}\" already, so no level can be called so.");
        }
    }

    private static DimensionField Field(string name, string column, DefinitionMap map) =>
        new() { Name = name, Caption = Caption.OfName(name), Value = map.Key("parent").Column(), TreeColumn = column };
}
