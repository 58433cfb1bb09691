using Warehouse.Campaigns.Plans;

namespace Warehouse.Verbs.Output;

/// <summary>Whom a campaign reaches, from the segment's members to the arms.</summary>
internal static class CampaignAnswer
{
    private static readonly AnswerColumn[] Columns =
    [
        new("step", "VARCHAR"),
        new("customers", "BIGINT", null, ColumnFormat.Count),
        new("remaining", "BIGINT", null, ColumnFormat.Count),
    ];

    /// <summary>The steps, and the arms of those who remain.</summary>
    public static Answer Of(CampaignAudience audience) => new(
        audience.Generation,
        audience.AsOf,
        audience.Definition,
        Columns,
        [
            [$"in {audience.Segment}", audience.Members, audience.Members],
            .. audience.Steps.Select(step => new object?[] { step.Reason, -step.Customers, step.Remaining }),
            .. audience.Arms.Select(arm => new object?[] { $"arm {arm.Arm}", arm.Customers, null }),
        ]);
}
