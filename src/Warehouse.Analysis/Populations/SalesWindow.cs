using System.Data.Common;
using System.Globalization;
using Warehouse.Store;

namespace Warehouse.Analysis.Populations;

/// <summary>Asks the facts of one window: gathers them by customer, and accounts for what does not count.</summary>
internal sealed class SalesWindow(PopulationOptions options)
{
    /// <summary>A shop without a purchase for longer than a month is more likely a shop whose sales are missing.</summary>
    private const int LongestQuietDays = 31;

    private readonly DateOnly _first = options.Window.FirstDate(options.AsOf.Date);

    /// <summary>Which facts count, as the SQL names it.</summary>
    public static (string Name, object? Value)[] Values(PopulationOptions options) =>
    [
        ("first_date", options.Window.FirstDate(options.AsOf.Date)),
        ("as_of", options.AsOf.Date),
        ("known_before", options.AsOf.KnownBefore),
        ("with_returns", options.Returns == Counting.Counted),
        ("by_margin", options.Measure == ValueMeasure.Margin),
    ];

    /// <param name="connection">Where the sales are gathered.</param>
    /// <param name="sql">What gathers them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task GatherAsync(DbConnection connection, string sql, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(sql, cancellationToken, [.. Values(options), ("ends_at", options.AsOf.End)]);

    public async Task<(Population Population, IReadOnlyList<string> Notes)> CountAsync(
        DbConnection connection, CancellationToken cancellationToken)
    {
        var standings = await connection.RowsAsync(Sql("standings"), Standing.Read, cancellationToken);
        var counted = standings.Find(standing => standing.Name == "counted") ?? Standing.None;
        var leftOut = standings.Where(standing => standing.Name != "counted")
            .OrderBy(standing => standing.Name, StringComparer.Ordinal)
            .Select(standing => new LeftOut(Reason(standing.Name), standing.Customers, standing.Revenue))
            .ToList();
        var notes = new List<string>();
        await AccountForLinesAsync(connection, leftOut, notes, cancellationToken);
        if (counted.Customers == 0)
        {
            notes.Add(await WhyEmptyAsync(connection, leftOut, cancellationToken));
        }

        else if (options.AsOf.Date.DayNumber - counted.LastPurchase!.Value.DayNumber is > LongestQuietDays and var days)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The last purchase is of {counted.LastPurchase:yyyy-MM-dd}, {days:N0} days before the as-of date: later sales may not be loaded, or the date may be wrong."));
        }

        return (new Population(counted.Customers, counted.Revenue, counted.Value, counted.LastPurchase, leftOut), notes);
    }

    private async Task AccountForLinesAsync(
        DbConnection connection, List<LeftOut> leftOut, List<string> notes, CancellationToken cancellationToken)
    {
        if (options.Returns == Counting.Counted && options.Measure == ValueMeasure.Revenue)
        {
            return;
        }

        var apart = (await connection.RowsAsync(
            Sql("lines_apart"),
            row => (Returns: row.GetInt64(0), Returned: row.GetDecimal(1), WithoutCost: row.GetInt64(2), Revenue: row.GetDecimal(3)),
            cancellationToken,
            ("first_date", _first),
            ("as_of", options.AsOf.Date),
            ("known_before", options.AsOf.KnownBefore),
            ("with_returns", options.Returns == Counting.Counted)))[0];
        if (options.Returns == Counting.LeftOut && apart.Returns > 0)
        {
            leftOut.Add(new LeftOut(string.Create(CultureInfo.InvariantCulture, $"{apart.Returns:N0} returned lines"), null, apart.Returned));
        }

        if (options.Measure == ValueMeasure.Margin && apart.WithoutCost > 0)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The cost of {apart.WithoutCost:N0} lines with a revenue of {apart.Revenue:N2} is not known: they have no part in the margin."));
        }
    }

    private async Task<string> WhyEmptyAsync(DbConnection connection, List<LeftOut> leftOut, CancellationToken cancellationToken)
    {
        var there = (await connection.RowsAsync(
            Sql("why_empty"),
            row => (Lines: row.GetInt64(0), First: row.ValueOrNull<DateOnly>(1), Last: row.ValueOrNull<DateOnly>(2), InWindow: row.GetInt64(3), Known: row.GetInt64(4)),
            cancellationToken,
            ("first_date", _first),
            ("as_of", options.AsOf.Date),
            ("known_before", options.AsOf.KnownBefore)))[0];
        var window = options.Window.Words(options.AsOf.Date);
        return there switch
        {
            { Lines: 0 } => "There is no customer to look at: the warehouse holds no sales yet.",
            { InWindow: 0 } => string.Create(
                CultureInfo.InvariantCulture,
                $"There is no customer to look at: the window ({window}) holds none of the sales, which are of {there.First:yyyy-MM-dd} to {there.Last:yyyy-MM-dd}."),
            { Known: 0 } => string.Create(
                CultureInfo.InvariantCulture,
                $"There is no customer to look at: of the {there.InWindow:N0} sale lines of the window ({window}), none was recorded by {options.AsOf.Date:yyyy-MM-dd}. Ask with hindsight to use them."),
            _ => $"There is no customer to look at: what the window ({window}) holds is left out ({string.Join(", ", leftOut.Select(part => part.Reason))}).",
        };
    }

    private static string Reason(string standing) => standing switch
    {
        "unknown" => "sales to unknown customers",
        "test" => "test customers",
        "only returns" => "customers with returns alone, and no purchase in the window",
        _ => throw new InvalidOperationException($"customer_sales has the standing '{standing}', which has no name."),
    };

    private static string Sql(string name) => SqlFile.Read(typeof(SalesWindow), $"Populations/{name}.sql");

    private sealed record Standing(string Name, long Customers, decimal Revenue, decimal Value, DateOnly? LastPurchase)
    {
        public static Standing None { get; } = new("counted", 0, 0, 0, null);

        public static Standing Read(DbDataReader row) =>
            new(row.GetString(0), row.GetInt64(1), row.GetDecimal(2), row.GetDecimal(3), row.ValueOrNull<DateOnly>(4));
    }
}
