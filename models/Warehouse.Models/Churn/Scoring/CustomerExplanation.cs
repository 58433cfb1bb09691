using System.Data.Common;
using Warehouse.Definitions;
using Warehouse.Models.Churn.Features;
using Warehouse.Models.Churn.Registry;
using Warehouse.Store;

namespace Warehouse.Models.Churn.Scoring;

/// <summary>Explains one customer's score, computed anew as of a date.</summary>
internal static class CustomerExplanation
{
    /// <exception cref="UserFaultException">There is no such customer, or not in the population of the date.</exception>
    public static async Task<Explanation> OfAsync(
        DbConnection connection, ChurnDefinition definition, StoredModel stored, ChurnDate asOf, string customerId, CancellationToken cancellationToken)
    {
        var keys = await connection.RowsAsync(
            "SELECT DISTINCT customer_key FROM star.dim_customer WHERE customer_id = $id AND customer_key >= 0",
            row => row.GetInt32(0),
            cancellationToken,
            ("id", customerId));
        if (keys.Count == 0)
        {
            throw new WrongCommandException($"There is no customer {customerId}.");
        }

        var cohort = await new StarFeatures(connection, definition).GatherAsync(asOf, cancellationToken);
        var row = Array.BinarySearch(cohort.CustomerKeys, keys[0]);
        if (row < 0)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"{customerId} is not scored as of {asOf}: he bought nothing in the {definition.LookbackDays} days before it, as far as was known then."));
        }

        var one = cohort.Features.Take([row]);
        var encoded = stored.Model.Encoding.Encode(one);
        var score = stored.Model.Scorer.Score(encoded, cancellationToken)[0];
        var contributions = new double[encoded.Length];
        stored.Model.Scorer.Explain(encoded, contributions, cancellationToken);
        var probability = stored.Model.Calibrator.Probability(score);
        return new Explanation(
            (await Generation.CurrentAsync(connection, cancellationToken)).Number,
            asOf.Date,
            definition.Hash,
            stored.Name,
            stored.Version,
            keys[0],
            customerId,
            probability,
            definition.Bands.Of(probability),
            score,
            stored.Model.Scorer.ExpectedMargin,
            new Reasons(stored.Model, one).Of(0, contributions));
    }
}
