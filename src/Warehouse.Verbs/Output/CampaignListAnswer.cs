using System.Globalization;
using System.Text.Json;
using Warehouse.Campaigns.Progress;
using Warehouse.Charts;

namespace Warehouse.Verbs.Output;

/// <summary>Campaigns as a table, and what came of one as a report.</summary>
internal static class CampaignListAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("campaign", "VARCHAR"), new("wave", "INTEGER"), new("state", "VARCHAR"), new("segment", "VARCHAR"), new("channel", "VARCHAR"), new("offer", "VARCHAR"),
        new("starts_on", "DATE", "from"), new("ends_on", "DATE", "until before"), new("cost_per_contact", "DECIMAL(18,4)", "cost each", ColumnFormat.Money),
        new("treated", "BIGINT", null, ColumnFormat.Count), new("control", "BIGINT", null, ColumnFormat.Count), new("launched_at", "TIMESTAMPTZ", "launched"),
        new("refreshed_at", "TIMESTAMPTZ", "looked at"), new("conversion_uplift", "DOUBLE", "more buyers", ColumnFormat.Share),
        new("conversion_low", "DOUBLE", "at least", ColumnFormat.Share), new("conversion_high", "DOUBLE", "at most", ColumnFormat.Share),
    ];

    /// <summary>The waves.</summary>
    public static Answer Of(IReadOnlyList<CampaignStanding> waves, int generation, DateOnly today) => new(
        generation,
        today,
        "campaigns",
        Columns,
        [
            .. waves.Select(wave => new object?[]
            {
                wave.Campaign, wave.Wave, JsonNamingPolicy.CamelCase.ConvertName(wave.State.ToString()), wave.Segment, wave.Channel, wave.Offer, wave.StartsOn, wave.EndsOn,
                wave.CostPerContact, wave.Treated, wave.Control, wave.LaunchedAt, wave.RefreshedAt, wave.Conversion, wave.ConversionInterval?.Low, wave.ConversionInterval?.High,
            }),
        ]);

    /// <summary>What came of a campaign, look by look.</summary>
    public static Report Of(ShownCampaign shown, int generation, DateOnly today) => new(
        shown.Campaign,
        new ReportOrigin(today, generation, shown.Campaign, shown.Hash ?? shown.Campaign),
        [
            .. shown.Progress.Where(arm => arm.Conversion is not null).GroupBy(arm => arm.Wave).Select(wave => ReportPart.Of(Uplift(wave.Key, [.. wave]))),
            ReportPart.Of(
                "What came of it so far",
                new ChartTable(
                    [
                        new("wave"), new("arm"), new("looked at"), new("customers", ValueFormat.Count), new("sent", ValueFormat.Count), new("delivered", ValueFormat.Count),
                        new("opened", ValueFormat.Count), new("clicked", ValueFormat.Count), new("cost", ValueFormat.Money), new("buyers", ValueFormat.Count),
                        new("spend", ValueFormat.Money), new("more buyers", ValueFormat.Share), new("at least", ValueFormat.Share), new("at most", ValueFormat.Share),
                    ],
                    [
                        .. shown.Progress.Reverse().Select(arm => (IReadOnlyList<object?>)
                        [
                            arm.Wave.ToString(CultureInfo.InvariantCulture), arm.Arm, Instant(arm.RefreshedAt), arm.Customers, arm.Sent, arm.Delivered, arm.Opened, arm.Clicked, arm.Cost,
                            arm.Buyers, arm.Spend, arm.Conversion, arm.ConversionInterval?.Low, arm.ConversionInterval?.High,
                        ]),
                    ])),
        ],
        []);

    private static LineChart Uplift(int wave, IReadOnlyList<StoredProgress> looks)
    {
        string[] instants = [.. looks.Select(look => look.RefreshedAt).Distinct().Order().Select(Instant)];
        return new LineChart(
            FormattableString.Invariant($"More buyers than in the control, wave {wave}"),
            new Axis("looked at"),
            new Axis("difference of the shares of buyers", ValueFormat.Share),
            [
                .. looks.GroupBy(look => look.Arm, StringComparer.Ordinal).Select(arm => new ChartLine(
                    arm.Key,
                    [
                        .. arm.DistinctBy(look => Instant(look.RefreshedAt)).Select(look => new ChartPoint(
                            Array.IndexOf(instants, Instant(look.RefreshedAt)), look.Conversion, look.ConversionInterval?.Low, look.ConversionInterval?.High)),
                    ])),
            ])
        {
            Categories = [.. instants.Distinct(StringComparer.Ordinal)],
            Description = "The bands are 95 % intervals that hold at every look.",
        };
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
