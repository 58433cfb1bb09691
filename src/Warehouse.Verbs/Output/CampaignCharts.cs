using System.Globalization;
using Warehouse.Campaigns.Plans;
using Warehouse.Charts;
using static System.FormattableString;

namespace Warehouse.Verbs.Output;

/// <summary>A plan as a report: whom it reaches, what it can show, how deep it goes.</summary>
internal static class CampaignCharts
{
    /// <param name="audience">Whom it reaches.</param>
    /// <param name="notes">What a reader should know.</param>
    public static Report Of(CampaignAudience audience, IReadOnlyList<string> notes) => new(
        Invariant($"{audience.Campaign}, wave {audience.Wave}"),
        new ReportOrigin(
            audience.AsOf,
            audience.Generation,
            Invariant($"{audience.Members:#,##0} members of {audience.Segment}, of whom {audience.Treated:#,##0} are treated and {audience.Control:#,##0} are left alone."),
            audience.Definition),
        [Waterfall(audience), Arms(audience), Power(audience.Power), Depth(audience)],
        notes);

    private static ReportPart Waterfall(CampaignAudience audience) => ReportPart.Of(new WaterfallChart(
        "From the segment to the list",
        "reason",
        new Axis("customers", ValueFormat.Count),
        new ChartPart($"in {audience.Segment}", audience.Members),
        [.. audience.Steps.Where(step => step.Customers > 0).Select(step => new ChartPart(step.Reason, -step.Customers))],
        "on the list")
    {
        Description = "Each customer counts at the first reason that leaves him out.",
    });

    private static ReportPart Arms(CampaignAudience audience) => ReportPart.Of(
        "Arms",
        new ChartTable(
            [new("arm"), new("customers", ValueFormat.Count), new("share", ValueFormat.Share)],
            [.. audience.Arms.Select(arm => (IReadOnlyList<object?>)[arm.Arm, arm.Customers, audience.Reachable == 0 ? null : (double)arm.Customers / audience.Reachable])]),
        "Who is in the control is left alone, so that it can be told what the campaign changes.");

    private static ReportPart Power(PlannedPower power)
    {
        var format = power.Measure == ObjectiveMeasure.Conversion ? "0.00 %" : "#,##0.00";
        return ReportPart.Of(
            "What it can show",
            new ChartTable(
                [new("what"), new("value")],
                [
                    ["without the campaign", Text(power.Baseline)],
                    ["smallest rise that is seen in 80 of 100 such experiments", Text(power.MinimumDetectable)],
                    ["expected rise", Text(power.Expected)],
                    ["customers needed in each of two equal arms", power.CustomersPerArm?.ToString("#,##0", CultureInfo.InvariantCulture)],
                    ["more customers needed", power.MoreCustomers?.ToString("#,##0", CultureInfo.InvariantCulture)],
                    ["days needed with these customers", power.DaysNeeded?.ToString("#,##0", CultureInfo.InvariantCulture)],
                ]),
            string.Join(' ', power.Words));

        string? Text(double? value) => value?.ToString(format, CultureInfo.InvariantCulture);
    }

    private static ReportPart Depth(CampaignAudience audience) => ReportPart.Of(new LineChart(
        "Profit by depth",
        new Axis("customers treated, the best first", ValueFormat.Count),
        new Axis("expected profit", ValueFormat.Money),
        [new ChartLine("expected profit", [.. audience.Depth.Curve.Select(point => new ChartPoint(point.Customers, (double)point.Profit))])])
    {
        Description = string.Join(' ', audience.Depth.Words),
        Mark = audience.Depth.Curve.Count > 0 ? (audience.Reachable, "the list ends") : null,
    });
}
