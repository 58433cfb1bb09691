using System.Reflection;
using System.Text.Json;

namespace Warehouse.Definitions;

/// <summary>
/// The JSON Schema of a kind of definition, by which editors complete and check it while it is written. It lies beside
/// the code that reads the definition, as <c>NAME.schema.json</c>, and is embedded in that project.
/// </summary>
/// <param name="Name">The kind of definition: feed, warehouse, checks, …</param>
/// <param name="Text">The schema, draft 7: what editors of YAML know best.</param>
public sealed record DefinitionSchema(string Name, string Text)
{
    /// <summary>The folder of a workspace that holds the schemas.</summary>
    public const string Folder = "schemas";

    private const string Ending = ".schema.json";

    /// <summary>What the schema says that it describes, with the files: « A feed (feeds/*.yaml) ».</summary>
    public string Title
    {
        get
        {
            using var document = JsonDocument.Parse(Text);
            return document.RootElement.GetProperty("title").GetString()!;
        }
    }

    /// <summary>The file that holds it in <see cref="Folder"/>.</summary>
    public string FileName => Name + Ending;

    /// <summary>The schemas of the definitions that projects read, by their names.</summary>
    public static IReadOnlyList<DefinitionSchema> Of(params IEnumerable<Assembly> projects) =>
    [
        .. projects.SelectMany(project => project.GetManifestResourceNames()
                .Where(name => name.EndsWith(Ending, StringComparison.Ordinal))
                .Select(name => Read(project, name)))
            .OrderBy(schema => schema.Name, StringComparer.Ordinal),
    ];

    /// <summary>The first line of a definition, by which editors find its schema.</summary>
    /// <param name="name">The kind of definition.</param>
    /// <param name="path">The definition's path in the workspace.</param>
    public static string LineFor(string name, string path)
    {
        var up = string.Concat(path.Where(sign => sign is '/' or '\\').Select(_ => "../"));
        return $"# yaml-language-server: $schema={up}{Folder}/{name}{Ending}";
    }

    private static DefinitionSchema Read(Assembly project, string resource)
    {
        using var reader = new StreamReader(project.GetManifestResourceStream(resource)!);
        return new DefinitionSchema(resource[(resource.LastIndexOf('/') + 1)..^Ending.Length], reader.ReadToEnd());
    }
}
