using System.CommandLine;
using Warehouse.Campaigns.Progress;
using Warehouse.Verbs.Output;

namespace Warehouse.Verbs.Commands;

/// <summary><c>warehouse campaign refresh</c>: what came of the active campaigns until now; what a clock calls every 30 minutes.</summary>
internal static class CampaignRefreshCommand
{
    private static readonly AnswerColumn[] Columns =
    [
        new("campaign", "VARCHAR"), new("wave", "INTEGER"), new("arm", "VARCHAR"), new("is_final", "BOOLEAN", "final"),
        new("customers", "BIGINT", null, ColumnFormat.Count), new("delivered", "BIGINT", null, ColumnFormat.Count), new("opened", "BIGINT", null, ColumnFormat.Count),
        new("clicked", "BIGINT", null, ColumnFormat.Count), new("replied", "BIGINT", null, ColumnFormat.Count), new("unsubscribed", "BIGINT", null, ColumnFormat.Count), new("cost", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("buyers", "BIGINT", null, ColumnFormat.Count), new("spend", "DECIMAL(38,4)", null, ColumnFormat.Money),
        new("conversion_uplift", "DOUBLE", "more buyers", ColumnFormat.Share), new("conversion_low", "DOUBLE", "from", ColumnFormat.Share), new("conversion_high", "DOUBLE", "to", ColumnFormat.Share),
    ];

    public static Command Create(TimeProvider time)
    {
        var asOf = CommonOptions.AsOf();
        var workspace = CommonOptions.Workspace();
        var format = CommonOptions.Format();
        var path = CommonOptions.Out();
        var command = new Command("refresh", "Store what came of every active campaign so far: touches, responses, sales and uplift.") { asOf, workspace, format, path };
        command.SetAction(async (parsed, stop) =>
        {
            var date = CommonOptions.Date(parsed, asOf);
            await using var database = await DatabaseTurn.TakeAsync(CommonOptions.Open(parsed, workspace), time, stop);
            var progress = await CampaignProgress.RefreshAsync(database, date, stop);
            await using var connection = await database.ConnectAsync(stop);
            var generation = await Store.Generation.CurrentAsync(connection, stop);
            await CommonOptions.Writer(parsed, format, path).WriteAsync(
                new Answer(
                    generation.Number, date, "refresh", Columns,
                    [
                        .. progress.Select(arm => new object?[]
                        {
                            arm.Campaign, arm.Wave, arm.Arm, arm.IsFinal, arm.Customers, arm.Delivered, arm.Opened, arm.Clicked, arm.Replied, arm.Unsubscribed, arm.Cost,
                            arm.Buyers, arm.Spend, arm.Conversion, arm.ConversionInterval?.Low, arm.ConversionInterval?.High,
                        }),
                    ]),
                stop);
            return ExitCode.Done;
        });
        return command;
    }
}
