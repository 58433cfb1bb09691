using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>
/// Reads how a cube uses a dimension: <c>date: date_key</c>, or a mapping with <c>on</c> and, for a role that is not named
/// like its dimension, <c>dimension</c>; or attributes of the fact itself; or a table of the cube's own.
/// </summary>
internal static class RoleReader
{
    private enum Way
    {
        Now,
        Then,
        RolledUp,
    }

    private static readonly Dictionary<string, Way> Ways =
        new(StringComparer.Ordinal) { ["then"] = Way.Then, ["now"] = Way.Now, ["rolled_up"] = Way.RolledUp };

    public static DimensionRole? Read(DefinitionText name, DefinitionMap roles, IReadOnlyDictionary<string, Dimension> shared)
    {
        if (!roles.HoldsMap(name.Text))
        {
            var on = roles.TextValue(name.Text);
            if (on is null)
            {
                name.Fault($"Expected the column by which \"{name}\" is joined, or a mapping.");
            }

            return on is not null && Find(name, shared) is { } dimension
                ? new DimensionRole { Name = name.Text, Dimension = dimension, On = on.Text }
                : null;
        }

        var map = roles.RequiredMap(name.Text);
        return map.Has("table") || map.Has("attributes") ? Own(name, map) : Shared(name, map, shared);
    }

    private static DimensionRole? Shared(DefinitionText name, DefinitionMap map, IReadOnlyDictionary<string, Dimension> shared)
    {
        var dimension = Find(map.TextValue("dimension") ?? name, shared);
        var on = map.RequiredText("on");
        var way = map.Choice("as", Ways) ?? Way.Now;
        var isOptional = map.Flag("optional") ?? false;
        var bridge = BridgeReader.Read(map);
        if (dimension is { Versions: null, Snapshots: null } && way == Way.Then)
        {
            map.Fault("as", $"The dimension \"{dimension.Name}\" has no versions and no snapshots, so there is no « then ».");
        }

        if (dimension is not null && way == Way.RolledUp && dimension.Tree is null)
        {
            map.Fault("as", $"The members of the dimension \"{dimension.Name}\" have no « parent », so nothing can be rolled up to it.");
        }

        if (bridge is not null && way != Way.Now)
        {
            map.Fault("as", "Over a bridge members are as they are now.");
        }

        return dimension is null
            ? null
            : new DimensionRole
            {
                Name = name.Text,
                Dimension = dimension,
                On = on,
                IsThen = way == Way.Then,
                IsRolledUp = way == Way.RolledUp && dimension.Tree is not null,
                IsOptional = isOptional,
                Bridge = bridge,
                By = map.Text("by"),
            };
    }

    private static DimensionRole Own(DefinitionText name, DefinitionMap map) => map.Has("table")
        ? new DimensionRole
        {
            Name = name.Text,
            Dimension = DimensionReader.Shared(name, map),
            On = map.RequiredText("on"),
            IsOptional = map.Flag("optional") ?? false,
            Bridge = BridgeReader.Read(map),
        }
        : new DimensionRole { Name = name.Text, Dimension = DimensionReader.Degenerate(name, map) };

    private static Dimension? Find(DefinitionText name, IReadOnlyDictionary<string, Dimension> shared)
    {
        if (shared.TryGetValue(name.Text, out var dimension))
        {
            return dimension;
        }

        name.Fault($"There is no dimension \"{name}\". {NearNames.Hint(name.Text, shared.Keys, "dimensions")}");
        return null;
    }
}
