using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Warehouse.Analysis.Baskets;
using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.Customers;

/// <summary>
/// What the view of one customer needs to know of all others, kept while a database is open: it depends on nothing but the
/// generation and the date, so that the next customer's view reads what concerns him alone.
/// </summary>
public sealed class KeptPopulation
{
    private const int MostDates = 16;
    private static readonly ConditionalWeakTable<DbDataSource, KeptPopulation> OfOpen = [];
    private readonly ConcurrentDictionary<(int Generation, DateOnly Date, DateTimeOffset KnownBefore), PopulationFigures> _figures = new();

    /// <summary>That of a database, for as long as it is open.</summary>
    public static KeptPopulation Of(DbDataSource source) => OfOpen.GetOrCreateValue(source);

    internal PopulationFigures? Find(int generation, AsOf asOf) => _figures.GetValueOrDefault((generation, asOf.Date, asOf.KnownBefore));

    internal void Keep(int generation, AsOf asOf, PopulationFigures figures)
    {
        if (_figures.Count >= MostDates)
        {
            _figures.Clear();
        }

        _figures[(generation, asOf.Date, asOf.KnownBefore)] = figures;
    }
}

/// <summary>What is true of all customers until a date.</summary>
/// <param name="UsualDays">Days between purchases, as is usual.</param>
/// <param name="Sizes">For how many customers each item counts.</param>
internal sealed record PopulationFigures(double UsualDays, ItemSizes Sizes);
