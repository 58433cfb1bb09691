using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Mapping.Checks;

/// <summary>The currencies that amounts can be in.</summary>
/// <param name="Greatest">The greatest rate of each; that of the reporting currency is 1.</param>
/// <param name="First">The first date on which a rate of each is known; that of the reporting currency is always.</param>
internal sealed record KnownRates(IReadOnlyDictionary<string, decimal> Greatest, IReadOnlyDictionary<string, DateOnly> First)
{
    /// <summary>The currencies that a connection sees, the reporting currency among them.</summary>
    public static async Task<KnownRates> ReadAsync(DbConnection connection, string reportingCurrency, CancellationToken cancellationToken)
    {
        var foreign = await connection.RowsAsync(
            "SELECT currency, max(rate), min(valid_from) FROM star.exchange_rate WHERE currency <> $reporting_currency GROUP BY currency ORDER BY currency",
            row => (Currency: row.GetString(0), Rate: row.GetDecimal(1), From: row.GetFieldValue<DateOnly>(2)),
            cancellationToken,
            ("reporting_currency", reportingCurrency));
        return new KnownRates(
            foreign.Prepend((reportingCurrency, 1, DateOnly.MinValue)).ToDictionary(rate => rate.Item1, rate => rate.Item2),
            foreign.ToDictionary(rate => rate.Currency, rate => rate.From));
    }
}
