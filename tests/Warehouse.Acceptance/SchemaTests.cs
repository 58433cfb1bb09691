using Warehouse.Definitions;
using Warehouse.Testing;

namespace Warehouse.Acceptance;

/// <summary>Editors find the JSON Schema of every definition that the product or its samples bring.</summary>
public sealed class SchemaTests : IDisposable
{
    /// <summary>Which schema the YAML of a workspace's folder or file has. Each kind of definition that has one stands here.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["warehouse.yaml"] = "warehouse",
        ["identity.yaml"] = "identity",
        ["profile.yaml"] = "profile",
        ["feeds"] = "feed",
        ["checks"] = "checks",
        ["cubes"] = "cube",
        ["queries"] = "query",
        ["models"] = "churn",
        ["rfm.yaml"] = "rfm",
        ["lifecycle.yaml"] = "lifecycle",
        ["segments"] = "segment",
        ["campaigns"] = "campaign",
        ["campaigns/_policy.yaml"] = "policy",
        ["destinations"] = "destination",
    };

    private readonly FreshFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Schemas_AreListedShownAndWritten()
    {
        var names = (await CommandLine.RunAsync("schema")).Done().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).ToArray();
        (await CommandLine.RunAsync("schema", "--out", _folder.Path)).Done();

        Assert.Equal(Kinds.Values.Order(StringComparer.Ordinal), names);
        Assert.Equal(names.Select(name => name + ".schema.json"), Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(await SchemaAsync("feed"), await File.ReadAllTextAsync(Path.Combine(_folder.Path, "feed.schema.json")));
        var wrong = await CommandLine.RunAsync("schema", "feeds");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("Did you mean \"feed\"?", wrong.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task NewWorkspace_BringsTheSchemasThatItsDefinitionsName()
    {
        (await CommandLine.RunAsync("init", Path.Combine(_folder.Path, "shop"))).Done();

        await RequireSchemasAsync(Path.Combine(_folder.Path, "shop"));
        Assert.Equal(
            Kinds.Values.Order(StringComparer.Ordinal).Select(name => name + ".schema.json"),
            Directory.EnumerateFiles(Path.Combine(_folder.Path, "shop", "schemas")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData("retail")]
    [InlineData("online-retail")]
    public Task Sample_HoldsToTheSchemasThatItNames(string sample) => RequireSchemasAsync(Repository.PathOf("sample-data", sample));

    private static async Task<string> SchemaAsync(string name) => (await CommandLine.RunAsync("schema", name)).Done().Output;

    private static async Task RequireSchemasAsync(string workspace)
    {
        var checkedFiles = 0;
        foreach (var path in Directory.EnumerateFiles(workspace, "*.yaml", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(workspace, path).Replace('\\', '/');
            if (!Kinds.TryGetValue(name, out var kind) && !Kinds.TryGetValue(name.Split('/')[0], out kind))
            {
                continue;
            }

            var text = await File.ReadAllTextAsync(path);
            Assert.StartsWith(DefinitionSchema.LineFor(kind, name) + "\n", text, StringComparison.Ordinal);
            SchemaAgreement.RequireValid(new DefinitionSchema(kind, await SchemaAsync(kind)), text);
            checkedFiles++;
        }

        Assert.True(checkedFiles > 0);
    }
}
