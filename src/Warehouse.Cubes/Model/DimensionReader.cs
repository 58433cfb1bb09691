using Warehouse.Cubes.Expressions;
using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads a dimension: shared, or of one cube alone.</summary>
internal static class DimensionReader
{
    /// <summary>The attribute that people mean by the dimension itself: without a caption of its own it has the dimension's.</summary>
    private const string NameOfMembers = "name";

    public static Dimension Shared(DefinitionText name, DefinitionMap map)
    {
        var table = map.RequiredTextValue("table");
        return Read(name, map, table) with { Table = table.Table(), Key = map.RequiredText("key") };
    }

    /// <summary>A dimension without a table of its own: its attributes are expressions over the fact.</summary>
    public static Dimension Degenerate(DefinitionText name, DefinitionMap map)
    {
        var dimension = Read(name, map, table: null);
        return dimension.Calendar is null ? dimension : dimension with { Key = map.RequiredText("key") };
    }

    private static Dimension Read(DefinitionText name, DefinitionMap map, DefinitionText? table)
    {
        name.RequireName();
        var calendar = ReadCalendar(map);
        var attributes = AttributeReader.Read(map);
        if (calendar is not null)
        {
            AddUnits(attributes, calendar, map);
        }

        var tree = table is null ? null : TreeReader.Read(map, attributes);
        CalculatedMemberReader.Read(map, attributes);
        var caption = map.Caption(name.Text);
        if (attributes.TryGetValue(NameOfMembers, out var named) && named.Caption is { ByLanguage.Count: 0, Default: "Name" })
        {
            attributes[NameOfMembers] = named with { Caption = caption };
        }

        return new Dimension
        {
            Name = name.Text,
            Caption = caption,
            Description = map.Text("description"),
            Versions = table is null ? null : ReadVersions(map),
            Snapshots = table is null ? null : ReadSnapshots(map, table),
            Unknown = map.Expression("unknown")?.Expression,
            Calendar = calendar,
            Tree = tree,
            Attributes = attributes,
            Hierarchies = ReadHierarchies(map, attributes),
        };
    }

    /// <summary><c>time: true</c>, or <c>time: { fiscal_year_starts: 4 }</c>.</summary>
    private static Calendar? ReadCalendar(DefinitionMap map) =>
        map.HoldsMap("time")
            ? new Calendar(map.RequiredMap("time").Whole("fiscal_year_starts", 1, 12) ?? 1)
            : map.Flag("time") is true ? Calendar.Gregorian : null;

    /// <summary>A calendar's units are attributes without being declared.</summary>
    private static void AddUnits(Dictionary<string, DimensionField> attributes, Calendar calendar, DefinitionMap map)
    {
        var key = map.TextValue("key");
        foreach (var (name, unit) in TimeUnits.ByName)
        {
            var isFiscal = unit is TimeUnit.FiscalQuarter or TimeUnit.FiscalYear;
            if (key is not null && (!isFiscal || calendar.FiscalStartMonth != 1))
            {
                attributes.TryAdd(name, new DimensionField
                {
                    Name = name,
                    Caption = Caption.OfName(name),
                    Value = key.Column(),
                    Unit = unit,
                });
            }
        }
    }

    private static VersionColumns? ReadVersions(DefinitionMap map) => map.Map("versions") is { } versions
        ? new VersionColumns(
            versions.RequiredText("key"),
            versions.RequiredText("from"),
            versions.RequiredText("to"),
            versions.RequiredText("current"))
        : null;

    /// <summary><c>snapshots: as_of</c>, or a mapping that says more.</summary>
    private static SnapshotColumns? ReadSnapshots(DefinitionMap map, DefinitionText table)
    {
        if (!map.Has("snapshots"))
        {
            return null;
        }

        if (map.Has("versions"))
        {
            map.Fault("snapshots", "A table has versions or snapshots, not both.");
        }

        if (!map.HoldsMap("snapshots"))
        {
            var day = map.RequiredText("snapshots");
            return new SnapshotColumns(table.Table(), day, day, null);
        }

        var snapshots = map.RequiredMap("snapshots");
        var at = snapshots.RequiredText("at");
        return new SnapshotColumns((snapshots.TextValue("list") ?? table).Table(), snapshots.Text("key") ?? at, at, snapshots.Text("each")) { MadeBy = snapshots.Text("made_by") };
    }

    private static Dictionary<string, Hierarchy> ReadHierarchies(
        DefinitionMap map, Dictionary<string, DimensionField> attributes)
    {
        var hierarchies = new Dictionary<string, Hierarchy>(StringComparer.Ordinal);
        if (map.Map("hierarchies") is not { } parts)
        {
            return hierarchies;
        }

        foreach (var name in parts.Keys)
        {
            var levels = parts.Texts(name);
            foreach (var level in levels.Where(level => !attributes.ContainsKey(level.Text)))
            {
                level.Fault($"There is no attribute \"{level}\" for this level. {NearNames.Hint(level.Text, attributes.Keys, "attributes")}");
            }

            hierarchies.Add(name, new Hierarchy(name, [.. levels.Select(level => level.Text)]));
        }

        return hierarchies;
    }
}
