using System.Data.Common;
using System.Globalization;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Analysis.Baskets;

/// <summary>What customers are likely to want, from what customers bought who are like them; and whether that is better than what is popular.</summary>
public static class Recommendations
{
    private static readonly string[] NeighbourTables = ["item_buyer", "item_size", "item_neighbour"];

    internal static string NeighbourSql => string.Join(";\n\n", NeighbourTables.Select(CustomerBaskets.Sql));

    /// <summary>The items that go with an item, the most alike first.</summary>
    /// <exception cref="WrongCommandException">Nobody bought such an item.</exception>
    public static async Task<IReadOnlyList<LikeItem>> LikeAsync(
        CustomerBaskets baskets, string item, int most, CancellationToken cancellationToken)
    {
        await NeighboursAsync(baskets, baskets.Options.AsOf.Date, null, cancellationToken);
        var like = await baskets.Connection.RowsAsync(
            CustomerBaskets.Sql("like_item"),
            row => new LikeItem(new Item(row.GetString(0), row.TextOrNull(1)), row.GetInt64(2), row.GetDouble(3)),
            cancellationToken,
            ("item", item),
            ("most", most));
        if (like.Count == 0)
        {
            var known = await baskets.Connection.RowsAsync(
                "SELECT DISTINCT item FROM temp.sold_item ORDER BY item", row => row.GetString(0), cancellationToken);
            if (!known.Contains(item, StringComparer.OrdinalIgnoreCase))
            {
                throw new WrongCommandException($"Nobody bought \"{item}\". {NearNames.Hint(item, known, "items")}");
            }
        }

        return like;
    }

    /// <summary>Items that a customer has not bought, the likeliest first.</summary>
    public static async Task<IReadOnlyList<Recommendation>> ForAsync(
        CustomerBaskets baskets, int customerKey, int most, CancellationToken cancellationToken)
    {
        await NeighboursAsync(baskets, baskets.Options.AsOf.Date, customerKey, cancellationToken);
        return await WantedAsync(baskets.Connection, customerKey, most, cancellationToken);
    }

    /// <summary>The same, with the sizes of the items: of all customers, known already, or for the views of others.</summary>
    internal static async Task<(IReadOnlyList<Recommendation> Wanted, ItemSizes Sizes)> SizedForAsync(
        DbConnection connection, BasketOptions options, int customerKey, int most, ItemSizes? known, CancellationToken cancellationToken)
    {
        try
        {
            await CustomerBaskets.FillItemsAsync(connection, options, known is null ? null : customerKey, cancellationToken);
            await connection.ExecuteAsync(CustomerBaskets.Sql("item_buyer"), cancellationToken, ("cut", options.AsOf.Date));
            if (known is null)
            {
                await connection.ExecuteAsync(CustomerBaskets.Sql("item_size"), cancellationToken);
                known = await ItemSizes.ReadAsync(connection, cancellationToken);
            }
            else
            {
                await known.StoreAsync(connection, cancellationToken);
            }

            await connection.ExecuteAsync(CustomerBaskets.Sql("item_neighbour"), cancellationToken, ("of_customer", customerKey));
            return (await WantedAsync(connection, customerKey, most, cancellationToken), known);
        }
        finally
        {
            await CustomerBaskets.ForgetAsync(connection);
        }
    }

    private static async Task<IReadOnlyList<Recommendation>> WantedAsync(
        DbConnection connection, int customerKey, int most, CancellationToken cancellationToken) =>
        await connection.RowsAsync(
            CustomerBaskets.Sql("customer_recommendation"),
            row => new Recommendation(new Item(row.GetString(0), row.TextOrNull(1)), row.GetDouble(2), row.GetString(3)),
            cancellationToken,
            ("customer_key", customerKey),
            ("most", most));

    /// <summary>
    /// Recommends from what was bought until a cut, and holds that against each customer's first basket after it: new items by
    /// likeness, known items by how often he bought them, both against the same items by popularity; and what was said to be due.
    /// </summary>
    /// <param name="baskets">The baskets.</param>
    /// <param name="holdoutDays">Days before the as-of date that are held out.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="WrongCommandException">There is no day to hold out.</exception>
    public static async Task<RecommendationEvaluation> EvaluateAsync(CustomerBaskets baskets, int holdoutDays, CancellationToken cancellationToken)
    {
        if (holdoutDays is < 1 or > 3660)
        {
            throw new WrongCommandException(FormattableString.Invariant($"The holdout is from 1 to 3,660 days, not {holdoutDays}."));
        }

        var cut = baskets.Options.AsOf.Date.AddDays(-holdoutDays);
        await NeighboursAsync(baskets, cut, null, cancellationToken);
        var questions = await baskets.Connection.RowsAsync(CustomerBaskets.Sql("evaluation"), Question, cancellationToken, ("cut", cut));
        var due = await NextPurchases.EvaluateAsync(baskets, cut, cancellationToken);
        return new RecommendationEvaluation(cut, questions, due, [.. Notes(questions, cut)]);
    }

    private static RecommendationQuestion Question(DbDataReader row)
    {
        var customers = row.GetInt64(1);
        var (alone, popularAlone) = (row.GetInt64(6), row.GetInt64(7));
        var (model, popularity) = ((double)row.GetInt64(2) / customers, (double)row.GetInt64(4) / customers);

        // The variance of the difference of two shares of the same customers counts those who tell them apart.
        var difference = model - popularity;
        var error = Math.Sqrt(Math.Max(0, ((double)(alone + popularAlone) / customers) - (difference * difference)) / customers);
        return new RecommendationQuestion(
            row.GetBoolean(0) ? "bought again" : "bought for the first time",
            customers,
            model,
            popularity,
            difference - (1.96 * error),
            difference + (1.96 * error),
            row.GetDouble(3),
            row.GetDouble(5));
    }

    private static IEnumerable<string> Notes(List<RecommendationQuestion> questions, DateOnly cut)
    {
        if (questions.Count == 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"No customer bought both until {cut:yyyy-MM-dd} and after it: there is nothing to hold recommendations against.");
        }

        foreach (var question in questions)
        {
            var verdict = question.DifferenceFrom > 0 ? "beats popularity" : question.DifferenceTo < 0 ? "is beaten by popularity" : "is not distinguished from popularity";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"What is {question.Name}: the model {verdict} (hit rate {question.HitRate:0.0 %} against {question.PopularityHitRate:0.0 %}, difference {question.DifferenceFrom * 100:+0.0;-0.0} to {question.DifferenceTo * 100:+0.0;-0.0} points with 95 % confidence).");
        }
    }

    private static Task<int> NeighboursAsync(CustomerBaskets baskets, DateOnly cut, int? ofCustomer, CancellationToken cancellationToken) =>
        baskets.Connection.ExecuteAsync(NeighbourSql, cancellationToken, ("cut", cut), ("of_customer", ofCustomer));
}

/// <summary>An item that goes with another.</summary>
/// <param name="Item">Which.</param>
/// <param name="Customers">Customers who bought both.</param>
/// <param name="Likeness">From 0 to 1.</param>
public sealed record LikeItem(Item Item, long Customers, double Likeness);

/// <summary>An item that a customer is likely to want.</summary>
/// <param name="Item">Which.</param>
/// <param name="Score">The likeness to all that he bought, added up.</param>
/// <param name="Because">The identifier of what he bought that says so most.</param>
public sealed record Recommendation(Item Item, double Score, string Because);

/// <summary>How recommendations did out of time.</summary>
/// <param name="Cut">The last day that they knew.</param>
/// <param name="Questions">New items and known ones; a question that nobody could be asked is not there.</param>
/// <param name="Due">What was said to be due; null where nothing was.</param>
/// <param name="Notes">What that says, in words.</param>
public sealed record RecommendationEvaluation(
    DateOnly Cut, IReadOnlyList<RecommendationQuestion> Questions, DueEvaluation? Due, IReadOnlyList<string> Notes);

/// <summary>One question, answered with ten items by the model and by popularity.</summary>
/// <param name="Name">What is bought for the first time, or again.</param>
/// <param name="Customers">Customers whose first basket after the cut can answer it.</param>
/// <param name="HitRate">Part of them who bought one of the model's ten.</param>
/// <param name="PopularityHitRate">Part of them who bought one of the ten most popular that could be answered.</param>
/// <param name="DifferenceFrom">The lower end of the 95 % interval of the difference of the two.</param>
/// <param name="DifferenceTo">The upper end.</param>
/// <param name="ReciprocalRank">Mean of 1 / place of the first hit, 0 without one (MRR), of the model.</param>
/// <param name="PopularityReciprocalRank">The same of popularity.</param>
public sealed record RecommendationQuestion(
    string Name,
    long Customers,
    double HitRate,
    double PopularityHitRate,
    double DifferenceFrom,
    double DifferenceTo,
    double ReciprocalRank,
    double PopularityReciprocalRank);
