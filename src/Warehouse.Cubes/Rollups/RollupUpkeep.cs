using System.Data.Common;
using Warehouse.Cubes.Model;
using Warehouse.Cubes.Planning;
using Warehouse.Cubes.Results;
using Warehouse.Cubes.Sql;

namespace Warehouse.Cubes.Rollups;

/// <summary>Builds the rollups of a model, tells which are stale, and proposes others.</summary>
/// <param name="model">The cubes.</param>
/// <param name="catalog">The columns of their tables, read where they are not known yet.</param>
/// <param name="connection">The database, in the caller's transaction.</param>
internal sealed class RollupUpkeep(CubeModel model, TableCatalog catalog, DbConnection connection)
{
    private readonly Func<string, string> _quote = Quoting.Of(connection);

    /// <summary>Builds those that do not hold a generation; returns them as <c>cube.rollup</c>.</summary>
    public async Task<IReadOnlyList<string>> BuildAsync(GenerationStamp generation, Func<PlanningContext> context, CancellationToken cancellationToken)
    {
        var states = await StatesAsync(generation, cancellationToken);
        var built = new List<string>();
        foreach (var cube in model.Cubes.Values.Where(cube => cube.Rollups.Count > 0))
        {
            await catalog.ReadAsync(cube, connection, _quote, cancellationToken);
            var planning = context();
            foreach (var rollup in cube.Rollups.Values.Where(rollup => states.Refusal(rollup) is not null))
            {
                var builder = new RollupBuilder(cube, rollup, planning, _quote);
                if (!states.IsComparable(rollup) || !await builder.RebuildAsync(connection, generation, model.Hash, cancellationToken))
                {
                    await builder.BuildAsync(connection, generation, model.Hash, cancellationToken);
                }

                built.Add($"{cube.Name}.{rollup.Name}");
            }
        }

        return built;
    }

    /// <summary>Those that do not hold a generation, as <c>cube.rollup</c> with the reason.</summary>
    public async Task<IReadOnlyList<string>> StaleAsync(GenerationStamp generation, CancellationToken cancellationToken)
    {
        var states = await StatesAsync(generation, cancellationToken);
        return
        [
            .. from cube in model.Cubes.Values
               from rollup in cube.Rollups.Values
               let refusal = states.Refusal(rollup)
               where refusal is not null
               select $"{cube.Name}.{rollup.Name}: {refusal}",
        ];
    }

    /// <summary>Proposes rollups that would have answered what was asked.</summary>
    public async Task<IReadOnlyList<RollupSuggestion>> SuggestAsync(IEnumerable<AskedQuery> asked, Func<PlanningContext> context, CancellationToken cancellationToken)
    {
        var suggestions = new List<RollupSuggestion>();
        foreach (var questions in asked.Where(query => model.Cubes.ContainsKey(query.Cube)).GroupBy(query => query.Cube, StringComparer.Ordinal))
        {
            var cube = model.Cubes[questions.Key];
            await catalog.ReadAsync(cube, connection, _quote, cancellationToken);
            Task<long> Count(Rollup rollup) => new RollupBuilder(cube, rollup, context(), _quote).CountAsync(connection, cancellationToken);
            var facts = await Audits.Facts(cube).CountAsync(connection, _quote, cancellationToken);
            suggestions.AddRange(await new RollupSuggestions(cube, [.. questions], Count, facts).FindAsync());
        }

        return suggestions;
    }

    private Task<RollupStates> StatesAsync(GenerationStamp generation, CancellationToken cancellationToken) =>
        RollupStates.ReadAsync(model.Cubes.Values.SelectMany(cube => cube.Rollups.Values), generation, model.Hash, connection, _quote, cancellationToken);
}
