using System.Text;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Verbs.Commands;

/// <summary>The JSON Schemas of all definitions that a workspace can hold, whichever room reads them.</summary>
internal static class SchemaFiles
{
    /// <summary>The schemas by name. A room's project is found by any of its types.</summary>
    public static IReadOnlyList<DefinitionSchema> All { get; } = DefinitionSchema.Of(
        new[]
        {
            typeof(Workspace), typeof(Etl.Feeds.Feed), typeof(Cubes.CubeEngine), typeof(Analysis.Populations.AsOf),
            typeof(Models.Churn.ChurnModels), typeof(Campaigns.Segments.Segment),
        }.Select(type => type.Assembly));

    /// <summary>Writes them to the folder <c>schemas</c> of a workspace, where the first line of each definition looks for them.</summary>
    public static void WriteTo(string workspace) => Write(All, Path.Combine(workspace, DefinitionSchema.Folder));

    /// <summary>Writes schemas to a folder.</summary>
    public static void Write(IEnumerable<DefinitionSchema> schemas, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var schema in schemas)
        {
            File.WriteAllText(Path.Combine(folder, schema.FileName), schema.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }
}
