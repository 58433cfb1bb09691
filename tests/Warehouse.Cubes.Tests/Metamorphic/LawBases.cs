namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>A star in one database, and in others by which answers must not be told apart. Each is made when it is asked for.</summary>
internal sealed class LawBases(Star star) : IAsyncDisposable
{
    private StarBase? _plain;
    private StarBase? _shuffled;
    private StarBase? _visible;

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

    public async ValueTask DisposeAsync()
    {
        foreach (var made in new[] { _plain, _shuffled, _visible })
        {
            if (made is not null)
            {
                await made.DisposeAsync();
            }
        }
    }
}
