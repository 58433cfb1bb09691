namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>A star in one database, and in others by which answers must not be told apart. Each is made when it is asked for.</summary>
internal sealed class LawBases(Star star) : IAsyncDisposable
{
    private StarBase? _plain;
    private StarBase? _shuffled;
    private StarBase? _visible;
    private StarBase? _rolledUp;

    public Star Star => star;

    public async Task<StarBase> Plain() => _plain ??= await StarBase.Create(star);

    /// <summary>The same facts in another order, inserted in several batches.</summary>
    public async Task<StarBase> Shuffled() => _shuffled ??= await StarBase.Create(star.With([.. star.Home.Table.Rows.Reverse().OrderBy(fact => (long)fact[0]! * 7_919 % 101)]), 17);

    /// <summary>Those facts alone that the star's role may see.</summary>
    public async Task<StarBase> Visible()
    {
        var values = new StarValues(star, star.Home, null);
        var condition = Text.Parse(star.Restriction);
        return _visible ??= await StarBase.Create(star.With([.. star.Home.Table.Rows.Where(fact => values.Holds(condition, fact))]));
    }

    /// <summary>The same facts with their rollups built, in which each answer from these is compared with the one from facts.</summary>
    public async Task<StarBase> RolledUp()
    {
        if (_rolledUp is null)
        {
            _rolledUp = await StarBase.Create(star, options: new CubeEngineOptions
            {
                ComparesRollups = true,
                Generation = (_, _) => Task.FromResult(new Results.GenerationStamp(1, DateTimeOffset.UnixEpoch)),
            });
            await _rolledUp.Engine.BuildRollupsAsync();
        }

        return _rolledUp;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var made in new[] { _plain, _shuffled, _visible, _rolledUp })
        {
            if (made is not null)
            {
                await made.DisposeAsync();
            }
        }
    }
}
