using System.Globalization;
using Warehouse.Campaigns.Measurement;
using Warehouse.Campaigns.Measurement.Uplift;
using Warehouse.Charts;
using static System.FormattableString;

namespace Warehouse.Verbs.Output;

/// <summary>What an experiment changed as a report: what may be claimed, with intervals, and on whom it works.</summary>
internal static class MeasurementCharts
{
    public static Report Of(ExperimentReport report, string title, DateOnly? asOf, int generation, IReadOnlyList<string> notes) => new(
        title,
        new ReportOrigin(asOf, generation, Invariant($"{report.Customers:#,##0} customers, each counted in the arm that he was assigned to."), "measure"),
        [.. Parts(report)],
        [.. notes, .. report.Words.Except(report.Effects.Select(effect => effect.Claim.Words), StringComparer.Ordinal)]);

    private static IEnumerable<ReportPart> Parts(ExperimentReport report)
    {
        if (report.Effects.Count > 0)
        {
            yield return Claims(report.Effects);
            yield return Lifts(report.Effects);
            yield return Numbers(report.Effects);
        }

        if (report.Profit.Count > 0)
        {
            yield return Profits(report.Profit);
        }

        foreach (var found in report.Uplift.GroupBy(one => (one.Arm, one.Outcome)))
        {
            foreach (var part in OnWhom(found.Key.Arm, found.Key.Outcome, [.. found]))
            {
                yield return part;
            }
        }

        if (report.Cuped.Count > 0)
        {
            yield return Adjusted(report.Cuped);
        }

        yield return Ratio(report.SampleRatio);
        yield return Needed(report.Power);
    }

    private static ReportPart Claims(IReadOnlyList<Effect> effects) => ReportPart.Of(
        "What may be said",
        new ChartTable(
            [new("arm"), new("outcome"), new("claim"), new("in words")],
            [.. effects.Select(effect => (IReadOnlyList<object?>)[effect.Arm, effect.Outcome, effect.Claim.IsMade ? "made" : "refused", effect.Claim.Words])]),
        "A claim is refused where chance, many comparisons or a few large values may have made it.");

    private static ReportPart Lifts(IReadOnlyList<Effect> effects) => ReportPart.Of(new IntervalChart(
        "Differences to the control",
        "outcome",
        new Axis("of what the control has", ValueFormat.Share),
        [
            .. effects.Where(effect => effect.ControlMean > 0).Select(effect => new ChartInterval(
                $"{effect.Arm}: {effect.Outcome}", effect.Difference / effect.ControlMean, effect.Low / effect.ControlMean, effect.High / effect.ControlMean)),
        ])
    {
        Description = "The points are what was found; the bars are 95 % intervals. Where a bar crosses zero, chance alone may have made the difference.",
    });

    private static ReportPart Numbers(IReadOnlyList<Effect> effects) => ReportPart.Of(
        "Effects for each customer",
        new ChartTable(
            [
                new("arm"), new("outcome"), new("customers", ValueFormat.Count), new("with"), new("without"), new("difference"), new("from"), new("to"),
                new("from, at every look"), new("to, at every look"), new("corrected p"),
            ],
            [
                .. effects.Select(effect => (IReadOnlyList<object?>)
                [
                    effect.Arm, effect.Outcome, effect.Customers, Digits(effect.Mean), Digits(effect.ControlMean), Digits(effect.Difference), Digits(effect.Low), Digits(effect.High),
                    Digits(effect.AlwaysValid.Low), Digits(effect.AlwaysValid.High), effect.AdjustedP.ToString("0.000", CultureInfo.InvariantCulture),
                ]),
            ]));

    private static ReportPart Profits(IReadOnlyList<Profit> profits) => ReportPart.Of(
        "What it earned",
        new ChartTable(
            [
                new("arm"), new("each", ValueFormat.Money), new("from", ValueFormat.Money), new("to", ValueFormat.Money), new("in all", ValueFormat.Money),
                new("cost", ValueFormat.Money),
            ],
            [.. profits.Select(profit => (IReadOnlyList<object?>)[profit.Arm, profit.PerCustomer, profit.Low, profit.High, profit.Total, profit.Cost])]),
        "Margin of the difference less the cost; the 95 % interval is that of each customer.");

    private static IEnumerable<ReportPart> OnWhom(string arm, string outcome, UpliftReport[] models)
    {
        var share = new Axis("share of customers, the best guesses first", ValueFormat.Share);
        yield return ReportPart.Of(new LineChart(
            $"Qini curve of {arm}: {outcome}",
            share,
            new Axis("responses gained for each treated", ValueFormat.Share),
            [
                .. models.Select(model => new ChartLine(Name(model.Model), [.. model.Curves.Points.Select(point => new ChartPoint(point.Share, point.Qini))])),
                new ChartLine("at random", [new ChartPoint(0, 0), new ChartPoint(1, models[0].Curves.Points[^1].Qini)]) { IsDashed = true },
            ])
        {
            Description = string.Join(' ', models.Select(model => model.Words).Distinct(StringComparer.Ordinal)),
        });
        yield return ReportPart.Of(new LineChart(
            $"Uplift curve of {arm}: {outcome}",
            share,
            new Axis("difference times share", ValueFormat.Share),
            [.. models.Select(model => new ChartLine(Name(model.Model), [.. model.Curves.Points.Select(point => new ChartPoint(point.Share, point.Uplift))]))]));
        yield return ReportPart.Of(new IntervalChart(
            $"Fifths of {arm}: {outcome}",
            "fifth",
            new Axis("difference", ValueFormat.Share),
            [.. models[0].Fifths.Select(fifth => new ChartInterval(Invariant($"fifth {fifth.Number}"), fifth.Effect.Difference, fifth.Effect.Interval.Low, fifth.Effect.Interval.High))])
        {
            Description = "What was found in each fifth of the customers, those first of whom most is guessed.",
        });
    }

    private static ReportPart Adjusted(IReadOnlyList<Cuped> cuped) => ReportPart.Of(
        "With what was known before taken out",
        new ChartTable(
            [new("outcome"), new("arm"), new("noise removed", ValueFormat.Share), new("difference"), new("from"), new("to")],
            [
                .. cuped.SelectMany(outcome => outcome.Effects.Select(effect => (IReadOnlyList<object?>)
                    [outcome.Outcome, effect.Arm, outcome.VarianceRemoved, Digits(effect.Difference), Digits(effect.Low), Digits(effect.High)])),
            ]));

    private static ReportPart Ratio(SampleRatio ratio) => ReportPart.Of(
        "Whether the arms can be compared",
        new ChartTable(
            [new("arm"), new("customers", ValueFormat.Count), new("expected", ValueFormat.Count)],
            [.. ratio.Arms.Select(arm => (IReadOnlyList<object?>)[arm.Arm, arm.Customers, arm.Expected])]),
        Invariant($"{(ratio.IsSound ? "They can" : "They cannot")}: as uneven as this by chance in {ratio.P:0.0 %} of experiments."));

    private static ReportPart Needed(IReadOnlyList<OutcomePower> power) => ReportPart.Of(
        "How many customers it takes",
        new ChartTable(
            [new("outcome"), new("without the campaign"), new("rise", ValueFormat.Share), new("customers an arm", ValueFormat.Count)],
            [.. power.Select(outcome => (IReadOnlyList<object?>)[outcome.Outcome, Digits(outcome.Baseline), outcome.Lift, outcome.CustomersPerArm])]),
        "To see the rise in 80 of 100 experiments.");

    private static string Name(UpliftModel model) => model == UpliftModel.TwoModels ? "two models" : "class transformation";

    private static string Digits(double value) => value.ToString(Math.Abs(value) >= 100 ? "#,##0.00" : "0.####", CultureInfo.InvariantCulture);
}
