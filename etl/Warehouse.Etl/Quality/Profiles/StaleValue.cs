using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Quality.Profiles;

/// <summary>An attribute of a customer that has likely aged: ask for an update.</summary>
/// <param name="CustomerId">The identifier by which people know the customer.</param>
/// <param name="CustomerKey">The person.</param>
/// <param name="Attribute">The attribute: occupation, city, email, …</param>
/// <param name="Value">What was told last.</param>
/// <param name="Source">Who told it.</param>
/// <param name="ConfirmedOn">When it was told or the profile confirmed last; null where nobody knows.</param>
/// <param name="Years">Years since then; null where nobody knows.</param>
/// <param name="HoldsYears">How long such a value usually holds.</param>
public sealed record StaleValue(
    string CustomerId, int CustomerKey, string Attribute, string Value, string Source, DateOnly? ConfirmedOn, double? Years, double HoldsYears)
{
    /// <summary>The attributes that have likely aged, the oldest first.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="ages">How long values hold.</param>
    /// <param name="asOf">The date that the answer holds for; what was told later is not used.</param>
    /// <param name="limit">How many rows at most.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public static async Task<IReadOnlyList<StaleValue>> FindAsync(
        DbConnection connection, ProfileAges ages, DateOnly asOf, long limit, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("CREATE OR REPLACE TEMP TABLE profile_age (attribute VARCHAR, value VARCHAR, years DECIMAL(9,2))", cancellationToken);
        foreach (var age in ages.Ages)
        {
            await connection.ExecuteAsync(
                "INSERT INTO temp.profile_age VALUES ($attribute, $value, $years)",
                cancellationToken,
                ("attribute", age.Attribute),
                ("value", age.Value),
                ("years", age.Years));
        }

        return await connection.RowsAsync(
            SqlFile.Read(typeof(StaleValue), "Quality/Profiles/stale_profile.sql"),
            row => new StaleValue(
                row.GetString(0), row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.ValueOrNull<DateOnly>(5), row.ValueOrNull<double>(6), row.GetDouble(7)),
            cancellationToken,
            ("as_of", asOf),
            ("limit", limit));
    }
}
