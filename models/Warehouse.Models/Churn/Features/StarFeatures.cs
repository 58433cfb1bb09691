using System.Data.Common;
using System.Globalization;
using Warehouse.DuckDb;
using Warehouse.Models.Lifetime;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Gathers the features of every customer of the population as of a date, one SQL file a family, from what was known when
/// the date began.
/// </summary>
internal sealed class StarFeatures(DbConnection connection, ChurnDefinition definition)
{
    private static readonly string[] Families =
        ["recency", "rhythm", "spend", "basket", "category", "contacts", "campaigns", "profile"];

    /// <summary>
    /// Customers that a lifetime model is fitted to at most. Its parameters are then known to about a hundredth, far nearer
    /// than any one customer's purchases, and fitting to a million takes longer than all SQL together.
    /// </summary>
    private const int MostFitted = 25_000;

    /// <summary>The SQL that features come from, for the hash of what a model was made by.</summary>
    public static IEnumerable<string> Sources =>
        Families.Concat(["as_known", "purchase_day", "population", "season", "history", "outcome"]).Select(Sql);

    /// <summary>Every customer's features.</summary>
    public async Task<Cohort> GatherAsync(ChurnDate asOf, CancellationToken cancellationToken)
    {
        await RunAsync("as_known", asOf, cancellationToken);
        await RunAsync("purchase_day", asOf, cancellationToken);
        await RunAsync("population", asOf, cancellationToken);
        var keys = await KeysAsync(cancellationToken);
        var builder = new FeatureTableBuilder(keys.Length);
        foreach (var family in Families)
        {
            await using var query = Command(family, asOf);
            await builder.AddAsync(query, cancellationToken);
        }

        await AddExpectationsAsync(builder, asOf, keys.Length, cancellationToken);
        return new Cohort(asOf, keys, builder.Build(cancellationToken));
    }

    /// <summary>Whether each customer of the cohort that was gathered last bought nothing within the horizon, as is known now.</summary>
    public async Task<bool[]> OutcomeAsync(Cohort cohort, CancellationToken cancellationToken)
    {
        var churned = new bool[cohort.CustomerKeys.Length];
        Array.Fill(churned, true);
        await using var query = Command("outcome", cohort.AsOf);
        using var reader = query.ExecuteChunkReader(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            foreach (var place in reader.Current[0].AsSpan<int>())
            {
                churned[place] = false;
            }
        }

        return churned;
    }

    /// <summary>
    /// Purchases expected within the horizon by BG/NBD fitted to the same customers, before and after the season is
    /// reckoned in. A fit whose parameter runs to its bound still ranks; without any fit they are missing.
    /// </summary>
    private async Task AddExpectationsAsync(FeatureTableBuilder builder, ChurnDate asOf, int customers, CancellationToken cancellationToken)
    {
        var season = await SeasonAsync(asOf, cancellationToken);
        var histories = new PurchaseHistory[customers];
        await using (var query = Command("history", asOf))
        {
            using var reader = query.ExecuteChunkReader(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                ReadHistories(reader.Current, histories);
            }
        }

        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        var fit = PurchaseModel.Fit(LifetimeModelKind.BgNbd, SufficientStatistics.Of(Spread(histories)), parallel);
        var expected = new double[customers];
        var alive = new double[customers];
        Array.Fill(expected, double.NaN);
        Array.Fill(alive, double.NaN);
        if (fit.Parameters.Count > 0)
        {
            var model = PurchaseModel.Of(fit);
            model.ConditionalExpectedPurchases(histories, definition.HorizonDays, expected, parallel);
            model.ProbabilityAlive(histories, alive, parallel);
        }

        builder.Add(FeatureNames.ExpectedPurchases, Singles(expected, value => (float)value));
        builder.Add(FeatureNames.ProbabilityAlive, Singles(alive, value => (float)value));
        builder.Add(FeatureNames.SeasonAhead, Singles(expected, _ => season));
        builder.Add(FeatureNames.ExpectedInSeason, Singles(expected, value => (float)value * season));
    }

    /// <summary>At most so many customers as a model is fitted to: every so-manieth in the order in which they became known.</summary>
    private static PurchaseHistory[] Spread(PurchaseHistory[] histories)
    {
        var step = (histories.Length + MostFitted - 1) / MostFitted;
        return step <= 1 ? histories : [.. histories.Where((_, place) => place % step == 0)];
    }

    private static float[] Singles(double[] values, Func<double, float> single) => Array.ConvertAll(values, value => single(value));

    private static void ReadHistories(DuckDBDataChunk chunk, PurchaseHistory[] histories)
    {
        var places = chunk[0].AsSpan<int>();
        var frequency = chunk[1].AsSpan<int>();
        var recency = chunk[2].AsSpan<long>();
        var age = chunk[3].AsSpan<long>();
        for (var row = 0; row < chunk.RowCount; row++)
        {
            histories[places[row]] = new PurchaseHistory(frequency[row], recency[row], age[row]);
        }
    }

    private async Task<float> SeasonAsync(ChurnDate asOf, CancellationToken cancellationToken)
    {
        await using var query = Command("season", asOf);
        await using var reader = await query.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) && !await reader.IsDBNullAsync(0, cancellationToken)
            ? (float)reader.GetDouble(0)
            : float.NaN;
    }

    private async Task<int[]> KeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<int>();
        await using var query = (DuckDBCommand)connection.Command("SELECT customer_key FROM temp.churn_customer ORDER BY place");
        using var reader = query.ExecuteChunkReader(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.AddRange(reader.Current[0].AsSpan<int>());
        }

        return [.. keys];
    }

    private async Task RunAsync(string name, ChurnDate asOf, CancellationToken cancellationToken)
    {
        await using var command = Command(name, asOf);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A file's statement with the values that it names.</summary>
    private DuckDBCommand Command(string name, ChurnDate asOf)
    {
        var sql = Sql(name);
        (string Name, object Value)[] values =
        [
            ("as_of", asOf.Date),
            ("known_before", asOf.KnownBefore),
            ("first_date", asOf.Date.AddDays(-definition.LookbackDays)),
            ("horizon", definition.HorizonDays),
            ("least_purchases", definition.LeastPurchases),
        ];
        return (DuckDBCommand)connection.Command(
            sql, [.. values.Where(value => sql.Contains($"${value.Name}", StringComparison.Ordinal)).Select(value => (value.Name, (object?)value.Value))]);
    }

    private static string Sql(string name) =>
        SqlFile.Read(typeof(StarFeatures), string.Create(CultureInfo.InvariantCulture, $"Churn/Features/{name}.sql"));
}
