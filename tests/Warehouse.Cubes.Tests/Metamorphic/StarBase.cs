using Warehouse.Cubes.Query;
using Warehouse.Cubes.Results;
using Warehouse.DuckDb;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>A star in a database, with an engine over it.</summary>
internal sealed class StarBase : IAsyncDisposable
{
    private readonly DuckDBDataSource _database = new("Data Source=:memory:");

    private StarBase(Star star, CubeEngineOptions? options)
    {
        Star = star;
        Model = CubeModel.Parse(star.Yaml().Select((text, index) => ($"{index}.yaml", text)));
        Engine = new CubeEngine(_database, Model, options);
        Restricted = CubeAccess.Of(Model, Star.Restricted);
        Blind = CubeAccess.Of(Model, Star.Blind);
    }

    public Star Star { get; }

    public CubeModel Model { get; }

    public CubeEngine Engine { get; }

    /// <summary>What the star's one role may see.</summary>
    public CubeAccess Restricted { get; }

    /// <summary>What the role sees from whom some values are masked.</summary>
    public CubeAccess Blind { get; }

    /// <param name="star">The star.</param>
    /// <param name="batch">How many rows are inserted at once.</param>
    /// <param name="options">The engine's.</param>
    public static async Task<StarBase> Create(Star star, int batch = 1_000, CubeEngineOptions? options = null)
    {
        var created = new StarBase(star, options);
        await using var connection = await created._database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SET threads = 1;" + star.Sql(batch);
        await command.ExecuteNonQueryAsync();
        return created;
    }

    public Task<CubeResult> Ask(Question question, CubeAccess? access = null) => Ask(question.Texts(Star), access);

    /// <summary>Asks, and says in a failure what was asked and by which statement.</summary>
    public async Task<CubeResult> Ask(QueryTexts texts, CubeAccess? access = null)
    {
        try
        {
            return await Engine.QueryAsync(texts.Parse(), access ?? CubeAccess.Everything);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{texts}\n{fault.Message}\n{await Sql(texts, access)}", fault);
        }
    }

    public async Task<string> Sql(QueryTexts texts, CubeAccess? access = null)
    {
        try
        {
            return (await Engine.ExplainAsync(texts.Parse(), access ?? CubeAccess.Everything)).Sql;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return fault.ToString();
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
