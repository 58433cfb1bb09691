using Warehouse.Analysis.Populations;
using Warehouse.Testing;

namespace Warehouse.Analysis.Tests.Populations;

public sealed class AsOfTests
{
    [Theory]
    [InlineData("Etc/UTC", "2024-06-30", "2024-07-01T00:00:00Z")]
    [InlineData("Asia/Taipei", "2024-06-30", "2024-06-30T16:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z")] // midnight is skipped
    [InlineData("America/Havana", "2023-11-04", "2023-11-05T04:00:00Z")] // midnight comes twice
    public void End_IsFirstInstantOfTheNextDate_InTheZone(string zone, string date, string end)
    {
        var asOf = AsOf.EndOf(DateOnly.Parse(date), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(DateTimeOffset.Parse(end), asOf.End);
        Assert.Equal(asOf.End, asOf.KnownBefore);
    }

    [Fact]
    public void LastOfAllDates_HasAnEnd() =>
        Assert.Equal(DateTimeOffset.MaxValue, AsOf.EndOf(DateOnly.MaxValue, TimeZoneInfo.Utc).End);

    [Fact]
    public async Task Latest_IsLastSaleToAKnownCustomer_NotAfterToday()
    {
        var time = new FixedTime(new DateTimeOffset(2024, 6, 30, 20, 0, 0, TimeSpan.Zero));
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var connection = await warehouse.Database.ConnectAsync(default);
        var taipei = TimeZoneInfo.FindSystemTimeZoneById("Asia/Taipei");
        Assert.Equal(new DateOnly(2024, 7, 1), (await AsOf.LatestAsync(connection, taipei, time, default)).Date);

        await warehouse.AddSalesAsync(
            new Sale(1, new DateOnly(2024, 5, 1), "a", 1),
            new Sale(-1, new DateOnly(2024, 6, 1), "b", 1),
            new Sale(1, new DateOnly(2024, 7, 2), "c", 1));

        var latest = await AsOf.LatestAsync(connection, taipei, time, default);
        Assert.Equal(AsOf.EndOfWithHindsight(new DateOnly(2024, 5, 1), taipei), latest);
        Assert.Equal("as of 2024-05-01, with all that is known now", latest.ToString());
    }
}
