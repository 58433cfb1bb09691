using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Mapping.Checks;

/// <summary>The currencies that amounts can be in.</summary>
/// <param name="Greatest">The greatest rate of each; that of the reporting currency is 1.</param>
internal sealed record KnownRates(IReadOnlyDictionary<string, decimal> Greatest)
{
    /// <summary>The currencies that a connection sees, the reporting currency among them.</summary>
    public static async Task<KnownRates> ReadAsync(DbConnection connection, string reportingCurrency, CancellationToken cancellationToken)
    {
        var foreign = await connection.RowsAsync(
            "SELECT currency, max(rate) FROM star.exchange_rate WHERE currency <> $reporting_currency GROUP BY currency ORDER BY currency",
            row => (Currency: row.GetString(0), Rate: row.GetDecimal(1)),
            cancellationToken,
            ("reporting_currency", reportingCurrency));
        return new KnownRates(foreign.Prepend((reportingCurrency, 1)).ToDictionary(rate => rate.Item1, rate => rate.Item2));
    }
}
