using Warehouse.DuckDb;
using Warehouse.SampleData.Calendar;
using Warehouse.SampleData.Campaigns;

namespace Warehouse.SampleData.Tables;

/// <param name="Customer">The reference by which the program that sends knows the customer.</param>
/// <param name="Touch">Null in the control arm.</param>
/// <param name="End">Of the window: what comes after it is not known.</param>
internal readonly record struct TouchRow(
    string Customer, Wave Wave, Touch? Touch, LocalTime? ConvertedAt, LocalTime End) : IParquetRow
{
    public void AppendTo(DuckDBAppenderRow row)
    {
        row.AppendValue(Wave.Index)
            .AppendValue(Customer)
            .AppendValue(Wave.Campaign)
            .AppendValue(Wave.Number)
            .AppendValue(Touch is null ? "control" : "treated")
            .AppendValue(LocalTime.Midnight(Wave.StartsOn).AsDateTime)
            .AppendValue(Known(Touch?.SentAt))
            .AppendValue(Known(Touch?.DeliveredAt))
            .AppendValue(Known(Touch?.BouncedAt))
            .AppendValue(Known(Touch?.OpenedAt))
            .AppendValue(Known(Touch?.ClickedAt))
            .AppendValue(Known(ConvertedAt))
            .AppendValue(Known(Touch?.UnsubscribedAt))
            .AppendValue(Touch is null ? 0m : Wave.CostPence / 100m);
    }

    private DateTime? Known(LocalTime? time) => time < End ? time.Value.AsDateTime : null;
}
