using Warehouse.Definitions;

namespace Warehouse.Cubes.Model;

/// <summary>Reads <c>bridge</c>: the table of pairs, its two columns, and where facts can be allocated their weight.</summary>
internal static class BridgeReader
{
    public static Bridge? Read(DefinitionMap role) => role.Map("bridge") is { } map
        ? new Bridge(map.RequiredTextValue("table").Table(), map.RequiredText("from"), map.RequiredText("to"), map.Text("weight"))
        {
            Versions = map.Map("versions") is { } versions
                ? new PairVersions(versions.RequiredText("from"), versions.RequiredText("to"), versions.RequiredText("current"))
                : null,
        }
        : null;
}
