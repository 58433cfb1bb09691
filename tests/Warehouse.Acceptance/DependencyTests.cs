using System.Xml.Linq;

namespace Warehouse.Acceptance;

/// <summary>Which room may know which. What is not listed here must not be referenced.</summary>
public class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Warehouse.Definitions"] = [],
        ["Warehouse.DuckDb"] = [],
        ["Warehouse.Charts"] = [],
        ["Warehouse.Client"] = [],
        ["Warehouse.Cubes"] = ["Warehouse.Definitions"],
        ["Warehouse.SampleData"] = ["Warehouse.DuckDb"],
        ["Warehouse.Store"] = ["Warehouse.DuckDb", "Warehouse.Definitions"],
        ["Warehouse.Etl"] = ["Warehouse.Store", "Warehouse.DuckDb", "Warehouse.Definitions"],
        ["Warehouse.Models"] = ["Warehouse.Store", "Warehouse.DuckDb", "Warehouse.Definitions", "Warehouse.Charts"],
        ["Warehouse.Analysis"] = ["Warehouse.Models", "Warehouse.Store", "Warehouse.DuckDb", "Warehouse.Definitions", "Warehouse.Charts"],
        ["Warehouse.Campaigns"] =
        [
            "Warehouse.Analysis", "Warehouse.Cubes", "Warehouse.Models", "Warehouse.Store", "Warehouse.DuckDb", "Warehouse.Definitions",
            "Warehouse.Charts",
        ],
        ["Warehouse.Verbs"] =
        [
            "Warehouse.Campaigns", "Warehouse.Analysis", "Warehouse.Cubes", "Warehouse.Etl", "Warehouse.Models", "Warehouse.Store",
            "Warehouse.DuckDb", "Warehouse.Definitions", "Warehouse.Charts",
        ],
        ["Warehouse.Pages"] = ["Warehouse.Charts"],
        ["Warehouse.Service"] =
        [
            "Warehouse.Pages", "Warehouse.Verbs", "Warehouse.Campaigns", "Warehouse.Analysis", "Warehouse.Cubes", "Warehouse.Etl", "Warehouse.Models",
            "Warehouse.Store", "Warehouse.DuckDb", "Warehouse.Definitions", "Warehouse.Charts",
        ],
        ["Warehouse.Cli"] =
        [
            "Warehouse.Verbs", "Warehouse.Service", "Warehouse.Client", "Warehouse.SampleData", "Warehouse.Campaigns", "Warehouse.Analysis",
            "Warehouse.Cubes", "Warehouse.Etl", "Warehouse.Models", "Warehouse.Store", "Warehouse.DuckDb", "Warehouse.Definitions",
            "Warehouse.Charts",
        ],
    };

    private static readonly Dictionary<string, string> Folders = new(StringComparer.Ordinal)
    {
        ["Warehouse.Etl"] = "etl",
        ["Warehouse.Models"] = "models",
        ["Warehouse.SampleData"] = "sample-data",
    };

    public static TheoryData<string> Projects() =>
        [.. ProjectFiles().Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_ReferencesOnlyWhatTheDesignAllows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        if (project.StartsWith("tests/", StringComparison.Ordinal))
        {
            return;
        }

        Assert.True(Allowed.ContainsKey(name), $"{name} is no room of the house.");
        Assert.Equal(Folders.GetValueOrDefault(name, "src"), project.Split('/')[0]);
        Assert.Empty(ReferencesOf(project).Except(Allowed[name]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProductProject_ReferencesNoTestProject(string project)
    {
        if (!project.StartsWith("tests/", StringComparison.Ordinal))
        {
            Assert.DoesNotContain(ReferencesOf(project), reference => reference.Contains("Test", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TestProject_TestsTheRoomOfItsName_AndSeesNoRoomThatThisOneMayNotSee()
    {
        foreach (var project in ProjectFiles().Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Where(path => path.EndsWith(".Tests.csproj", StringComparison.Ordinal)))
        {
            var room = Path.GetFileNameWithoutExtension(project)[..^".Tests".Length];
            var references = ReferencesOf(project).ToArray();
            Assert.Contains(room, references);
            Assert.Empty(references.Except([room, "Warehouse.Testing", "Warehouse.DuckDb", "Warehouse.Client", .. Allowed[room]]));
        }
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = File.ReadAllText(Repository.PathOf("Warehouse.sln"));

        Assert.All(ProjectFiles(), path => Assert.Contains($"{Path.GetFileName(path)}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Libduckdb_IsNamedByItsOwnRoomAlone()
    {
        var named = Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Where(IsSource)
            .Where(path => !path.Contains("Warehouse.DuckDb", StringComparison.Ordinal))
            .Where(path => File.ReadAllText(path).Contains("LibraryImport(\"", StringComparison.Ordinal))
            .ToArray();

        Assert.Empty(named);
    }

    private static IEnumerable<string> ProjectFiles() =>
        Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(IsSource).Order(StringComparer.Ordinal);

    private static bool IsSource(string path)
    {
        var parts = Path.GetRelativePath(Repository.Root, path).Split(Path.DirectorySeparatorChar);
        return !parts.Any(part => part is "bin" or "obj" or "node_modules" or "artifacts");
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Repository.PathOf(project.Split('/'))).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
