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

    /// <summary>Follows the cohorts.</summary>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<CohortResult> RunAsync(CustomerActivity activity, CohortOptions options, CancellationToken cancellationToken)
    {
        options.Require();
        await GatherAsync(activity, options, cancellationToken);
        var cells = await activity.Connection.RowsAsync(
            Sql("cohort"),
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
            ("as_of", activity.AsOf.Date),
            ("known_before", activity.AsOf.KnownBefore),
            ("most_ages", (long)options.MostAges));
        await ForgetAsync(activity);
        var by = options.By == CohortOptions.Attributes[0] ? $"{options.Unit} of the first purchase" : options.By;
        return new CohortResult(
            activity.Generation,
            activity.AsOf,
            DefinitionHash.Of(
                "cohorts",
                FormattableString.Invariant($"{options.Unit}; {options.By}; {options.MostAges}; hindsight={activity.AsOf.HasHindsight}"),
                CustomerActivity.Sql,
                Sql("cohort_member"),
                Sql("cohort")),
            $"cohorts by {by}, ages in {options.Unit}s, {activity.AsOf}; an age counts the customers for whom its {options.Unit} is over",
            cells,
            cells.Count > 0 ? [] : [$"There is no cohort whose first {options.Unit} is over on that date."]);
    }

    /// <summary>The customers of a cohort; of an age, those of them who bought in its period, which is over for them.</summary>
    /// <param name="activity">What customers did.</param>
    /// <param name="options">How cohorts are made.</param>
    /// <param name="cohort">The cohort, as the cells name it.</param>
    /// <param name="age">The age; null takes all of the cohort.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The customers in the order of their keys; none where there is no such cohort.</returns>
    /// <exception cref="Definitions.WrongCommandException">An option makes no sense.</exception>
    public static async Task<IReadOnlyList<CohortCustomer>> CustomersAsync(
        CustomerActivity activity, CohortOptions options, string cohort, int? age, CancellationToken cancellationToken)
    {
        options.Require();
        await GatherAsync(activity, options, cancellationToken);
        var customers = await activity.Connection.RowsAsync(
            Sql("cohort_customer"),
            row => new CohortCustomer(
                row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateOnly>(3), row.GetInt64(4), row.GetDecimal(5)),
            cancellationToken,
            ("unit", options.Unit),
            ("as_of", activity.AsOf.Date),
            ("known_before", activity.AsOf.KnownBefore),
            ("cohort", cohort),
            ("age", age));
        await ForgetAsync(activity);
        return customers;
    }

    private static async Task GatherAsync(CustomerActivity activity, CohortOptions options, CancellationToken cancellationToken) =>
        await activity.Connection.ExecuteAsync(
            Sql("cohort_member"),
            cancellationToken,
            ("unit", options.Unit),
            ("by", options.By),
            ("ends_at", activity.AsOf.End),
            ("known_before", activity.AsOf.KnownBefore));

    private static async Task ForgetAsync(CustomerActivity activity) =>
        await activity.Connection.ExecuteAsync("DROP TABLE IF EXISTS temp.cohort_member", CancellationToken.None);

    private static string Sql(string name) => SqlFile.Read(typeof(CohortAnalysis), $"Cohorts/{name}.sql");
}
