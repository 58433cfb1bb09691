using System.Data.Common;
using Warehouse.Analysis.Populations;

namespace Warehouse.Analysis.ValueTiers;

/// <summary>How value is spread over customers as of a date: the 80/20 question, the Lorenz curve, and tiers.</summary>
public static class TierAnalysis
{
    /// <summary>The spread and the tiers of a population.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<TierResult> RunAsync(DbConnection connection, TierOptions options, CancellationToken cancellationToken)
    {
        await using var tiers = await AssignAsync(connection, options, cancellationToken);
        return tiers.Result;
    }

    /// <summary>The same with the tier of every customer, which stays on the connection for as long as the result is held.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<CustomerTiers> AssignAsync(DbConnection connection, TierOptions options, CancellationToken cancellationToken)
    {
        await using var sales = await CustomerSales.GatherAsync(connection, options.Population, cancellationToken);
        return options.Population.Measure == ValueMeasure.Expected
            ? await CustomerTiers.ComputeAsync(await ExpectedValue.OfAsync(sales, cancellationToken), options, cancellationToken)
            : await CustomerTiers.ComputeAsync(sales, options, cancellationToken);
    }
}
