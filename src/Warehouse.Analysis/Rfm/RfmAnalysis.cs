using System.Data.Common;
using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.Rfm;

/// <summary>
/// Recency, frequency and monetary value of every customer, as of a date. Of n customers and b scores, a customer than
/// whom c are strictly worse scores 1 + floor(b * c / n): equal values have equal scores, whatever the order of rows.
/// </summary>
public static class RfmAnalysis
{
    /// <summary>The segments, scales and cells of a population.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<RfmResult> RunAsync(DbConnection connection, RfmOptions options, CancellationToken cancellationToken)
    {
        await using var scores = await ScoreAsync(connection, options, cancellationToken);
        return scores.Result;
    }

    /// <summary>The same with the scores of every customer, which stay on the connection for as long as the result is held.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<RfmScores> ScoreAsync(DbConnection connection, RfmOptions options, CancellationToken cancellationToken)
    {
        options.Require();
        await using var sales = await CustomerSales.GatherAsync(connection, options.Population, cancellationToken);
        return await RfmScores.ComputeAsync(sales, options, cancellationToken);
    }
}
