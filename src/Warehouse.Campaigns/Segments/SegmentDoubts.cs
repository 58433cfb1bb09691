using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.DuckDb;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>Finds the values in a segment that nothing in the warehouse has: such a test chooses nobody, which is rarely meant.</summary>
public static class SegmentDoubts
{
    private const int MostRead = 100_000;
    private static readonly DuckDBCommandBuilder Quoted = new();

    /// <summary>A sentence for each such value, with the values that would have been right.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(
        DbConnection connection, Segment segment, IReadOnlyList<Segment> segments, CancellationToken cancellationToken)
    {
        var doubts = new List<string>();
        var asked = segment.Tests(segments).SelectMany(Asked).GroupBy(value => (value.Column, value.Noun), value => value.Values);
        foreach (var values in asked)
        {
            var (column, noun) = values.Key;
            var table = column[..column.LastIndexOf('.')];
            var name = Quoted.QuoteIdentifier(column[(table.Length + 1)..]);
            var missing = new List<string>();
            foreach (var wanted in values.SelectMany(list => list).Distinct(StringComparer.Ordinal))
            {
                if (!await connection.ScalarAsync<bool>($"SELECT EXISTS (FROM {table} WHERE {name} = $wanted)", cancellationToken, ("wanted", wanted)))
                {
                    missing.Add(wanted);
                }
            }

            if (missing.Count == 0)
            {
                continue;
            }

            var known = await connection.RowsAsync(
                $"SELECT DISTINCT {name} FROM {table} WHERE {name} IS NOT NULL LIMIT {MostRead}", row => row.GetString(0), cancellationToken);
            doubts.AddRange(missing.Select(value => $"\"{segment.Name}\": no {noun} \"{value}\" is known. {NearNames.Hint(value, known, Plural(noun))}"));
        }

        return doubts;
    }

    /// <summary>Which values of which columns a test asks for.</summary>
    private static IEnumerable<(string Column, string Noun, IReadOnlyList<string> Values)> Asked(Test test) => test switch
    {
        OneOf { Column: "rfm_segment" or "tier" or "churn_band" } => [],
        OneOf { Column: "lifecycle_stage" } one => [("mart.customer_snapshot.lifecycle_stage", "lifecycle stage", one.Values)],
        Was { Column: "lifecycle_stage" } was => [("mart.customer_snapshot.lifecycle_stage", "lifecycle stage", was.Values)],
        OneOf one => [($"star.dim_customer.{one.Column}", one.Column.Replace('_', ' '), one.Values)],
        Bought bought => bought.Of.Select(part => part.Column switch
        {
            "channel" => ("star.dim_channel.channel", "channel", part.Values),
            "product" => ("star.dim_product.product_id", "product", part.Values),
            _ => ($"star.dim_product.{part.Column}", part.Column, part.Values),
        }),
        Contacted { Topics.Count: > 0 } contacted => [("star.dim_reason.topic", "topic", contacted.Topics)],
        Consented consented => [("star.customer_consent.channel", "channel of consent", [consented.Channel])],
        Responded responded => [("star.dim_campaign.campaign_id", "launched campaign", [responded.Campaign])],
        InOrder order => order.Steps.SelectMany(step => Asked(step.Event)),
        _ => [],
    };

    private static string Plural(string noun) => noun switch
    {
        "country" => "countries",
        "city" => "cities",
        "category" => "categories",
        "subcategory" => "subcategories",
        "channel of consent" => "channels",
        _ => noun + "s",
    };
}
