using System.Globalization;
using Warehouse.Charts;

namespace Warehouse.Analysis.Cohorts;

/// <summary>Cohorts as a report: heat map and curves of retention, and what customers are worth by age.</summary>
public static class CohortCharts
{
    private const int MostCurves = 8;

    /// <summary>The report.</summary>
    public static Report Of(CohortResult result) => new(
        "Cohorts",
        new ReportOrigin(result.AsOf.Date, result.Generation, result.Words, result.Definition),
        [
            Heat(result, "Retention", "part that bought in the period", cell => cell.Retention),
            Curves(result, "Repeat purchase", "part with a second purchase", ValueFormat.Share, cell => cell.RepeatRate),
            Curves(result, "Value per customer so far", "revenue", ValueFormat.Money, cell => cell.ValueEach),
        ],
        result.Notes);

    private static HeatMap Heat(CohortResult result, string title, string value, Func<CohortCell, decimal> of)
    {
        // At age 0 everybody bought, by definition: it would outshine all others.
        var ages = result.Cells.Select(cell => cell.Age).Where(age => age > 0).Distinct().Order().ToList();
        var cohorts = result.Cells.GroupBy(cell => cell.Cohort, StringComparer.Ordinal).ToList();
        return new HeatMap(
            title,
            "age in periods",
            "cohort",
            new Axis(value, ValueFormat.Share),
            [.. ages.Select(age => age.ToString(CultureInfo.InvariantCulture))],
            [.. cohorts.Select(cohort => cohort.Key)],
            [
                .. cohorts.Select(cohort =>
                {
                    var byAge = cohort.ToDictionary(cell => cell.Age, cell => (double?)of(cell));
                    return ages.Select(age => byAge.GetValueOrDefault(age)).ToList();
                }),
            ])
        {
            Description = "From the period after the first purchase on. One that is not over on the date has no colour: nobody is shown as lost who could still buy.",
        };
    }

    private static LineChart Curves(CohortResult result, string title, string value, ValueFormat format, Func<CohortCell, decimal> of)
    {
        var cohorts = result.Cells.GroupBy(cell => cell.Cohort, StringComparer.Ordinal).ToList();
        var shown = cohorts.Where((_, place) => cohorts.Count <= MostCurves || place % ((cohorts.Count + MostCurves - 1) / MostCurves) == 0);
        return new LineChart(
            title,
            new Axis("age in periods", ValueFormat.Count),
            new Axis(value, format),
            [.. shown.Select(cohort => new ChartLine(cohort.Key, [.. cohort.Select(cell => new ChartPoint(cell.Age, (double)of(cell)))]))])
        {
            Description = cohorts.Count > MostCurves ? FormattableString.Invariant($"A selection of the {cohorts.Count} cohorts, evenly apart.") : null,
        };
    }
}
