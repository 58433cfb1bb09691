using Warehouse.Analysis.Activity;
using Warehouse.Analysis.Populations;
using Warehouse.Store;

namespace Warehouse.Analysis.Cohorts;

/// <summary>
/// Retention, repeat purchase and value of customers by cohort and age. Customers whose period is not over on the date are
/// censored: they are in no denominator of it.
/// </summary>
public static class CohortAnalysis
{
    private static string Sql => SqlFile.Read(typeof(CohortAnalysis), "Cohorts/cohort.sql");

    /// <summary>Follows the cohorts.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<CohortResult> RunAsync(CustomerActivity activity, CohortOptions options, CancellationToken cancellationToken)
    {
        options.Require();
        var cells = await activity.Connection.RowsAsync(
            Sql,
            row => new CohortCell(
                row.GetString(0),
                row.GetInt32(1),
                row.GetInt64(2),
                row.GetInt64(3),
                row.GetInt64(4),
                row.GetInt64(5),
                row.GetDecimal(6),
                row.GetDecimal(7),
                row.GetDecimal(8),
                row.GetDecimal(9)),
            cancellationToken,
            ("unit", options.Unit),
            ("by", options.By),
            ("as_of", activity.AsOf.Date),
            ("ends_at", activity.AsOf.End),
            ("known_before", activity.AsOf.KnownBefore),
            ("most_ages", (long)options.MostAges));
        var by = options.By == CohortOptions.Attributes[0] ? $"{options.Unit} of the first purchase" : options.By;
        return new CohortResult(
            activity.Generation,
            activity.AsOf,
            DefinitionHash.Of(
                "cohorts",
                FormattableString.Invariant($"{options.Unit}; {options.By}; {options.MostAges}; hindsight={activity.AsOf.HasHindsight}"),
                CustomerActivity.Sql,
                Sql),
            $"cohorts by {by}, ages in {options.Unit}s, {activity.AsOf}; an age counts the customers for whom its {options.Unit} is over",
            cells,
            cells.Count > 0 ? [] : [$"There is no cohort whose first {options.Unit} is over on that date."]);
    }
}
