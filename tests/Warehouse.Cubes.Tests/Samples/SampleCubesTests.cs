using Warehouse.Cubes.Expressions;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.Testing;

namespace Warehouse.Cubes.Tests.Samples;

public class SampleCubesTests
{
    public static TheoryData<string> Workspaces => ["retail", "online-retail"];

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task EveryMeasureAndMember_IsThereInTheStar(string workspace)
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var model = CubeModel.Load(Path.Combine(SampleData(), workspace));
        var engine = new CubeEngine(warehouse.Database.Source, model, new CubeEngineOptions
        {
            Generation = (_, _) => Task.FromResult(new GenerationStamp(0, DateTimeOffset.UnixEpoch)),
        });

        foreach (var cube in model.Cubes.Values)
        {
            var everything = await engine.QueryAsync(Ask(cube, []));
            Assert.Equal(cube.Measures.Count, Assert.Single(everything.Rows).Values.Length);
            Assert.Equal(0, everything.Generation!.Number);
            foreach (var role in cube.Roles.Values)
            {
                var members = role.Dimension.Attributes.Keys.Select(field => new Name(role.Name, field));
                Assert.Empty((await engine.QueryAsync(Ask(cube, [.. members]))).Rows);
            }

            foreach (var filter in cube.Filters.Keys)
            {
                await engine.QueryAsync(Ask(cube, []) with { Where = QueryExpression.Parse("where", filter) });
            }
        }
    }

    [Fact]
    public async Task QuestionsInFiles_CanBeAsked()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        var folder = Path.Combine(SampleData(), "retail");
        var engine = new CubeEngine(warehouse.Database.Source, CubeModel.Load(folder));
        var paths = Directory.GetFiles(Path.Combine(folder, "queries"), "*.yaml");

        Assert.NotEmpty(paths);
        foreach (var path in paths)
        {
            await engine.QueryAsync(QueryFile.Load(path));
        }
    }

    private static CubeQuery Ask(Cube cube, IReadOnlyList<Name> by) => new()
    {
        Cube = cube.Name,
        Measures = [.. cube.Measures.Keys.Select(name => new QueryMeasure(name, QueryExpression.Parse("measures", name)))],
        By = by,
    };

    internal static string SampleData()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Warehouse.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "sample-data");
    }
}
