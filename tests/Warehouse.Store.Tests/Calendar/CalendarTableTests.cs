using System.Globalization;
using Warehouse.Testing;

namespace Warehouse.Store.Tests.Calendar;

/// <summary>The calendar against .NET's own, date by date.</summary>
public sealed class CalendarTableTests
{
    private static readonly DateOnly From = new(1990, 1, 1);
    private static readonly DateOnly To = new(2051, 1, 1);

    [Fact]
    public async Task EveryDateFrom1990To2050_IsWhatDotNetSays()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync(definition: "name: test\ncurrency: GBP\n");
        var rows = await warehouse.RowsAsync(
            """
            SELECT strftime(date_key, '%Y-%m-%d'), year, quarter, month, day_of_month, day_of_year, day_of_week, iso_year, iso_week,
                strftime(year_start, '%Y-%m-%d'), strftime(quarter_start, '%Y-%m-%d'), strftime(month_start, '%Y-%m-%d'), strftime(week_start, '%Y-%m-%d'), is_weekend
            FROM star.dim_date WHERE date_key > DATE '0001-01-01' ORDER BY date_key
            """);
        Assert.Equal(Dates(From, To).Select(Expected), rows);

        static string Expected(DateOnly date)
        {
            var day = date.ToDateTime(TimeOnly.MinValue);
            var weekday = ((int)date.DayOfWeek + 6) % 7 + 1;
            var quarter = (date.Month + 2) / 3;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{date:yyyy-MM-dd} | {date.Year} | {quarter} | {date.Month} | {date.Day} | {date.DayOfYear} | {weekday} | {ISOWeek.GetYear(day)} | {ISOWeek.GetWeekOfYear(day)} | {new DateOnly(date.Year, 1, 1):yyyy-MM-dd} | {new DateOnly(date.Year, quarter * 3 - 2, 1):yyyy-MM-dd} | {new DateOnly(date.Year, date.Month, 1):yyyy-MM-dd} | {date.AddDays(1 - weekday):yyyy-MM-dd} | {weekday >= 6}");
        }
    }

    [Fact]
    public async Task FiscalYear_OfEveryFirstMonth_IsWhatCountingMonthsSays()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        for (var first = 1; first <= 12; first++)
        {
            var calendar = new CalendarDefinition(new DateOnly(2019, 1, 1), new DateOnly(2026, 1, 1), first, new Dictionary<DateOnly, string>());
            await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
            await CalendarTable.RefreshAsync(connection, calendar, CancellationToken.None);
            var rows = await warehouse.RowsAsync(
                """
                SELECT strftime(date_key, '%Y-%m-%d'), fiscal_year, fiscal_quarter, fiscal_month, strftime(fiscal_year_start, '%Y-%m-%d')
                FROM star.dim_date WHERE date_key > DATE '0001-01-01' ORDER BY date_key
                """);
            Assert.Equal(Dates(calendar.From, calendar.To).Select(date => Expected(date, first)), rows);
        }

        // Walks back to the month in which the year began, counting.
        static string Expected(DateOnly date, int first)
        {
            var start = new DateOnly(date.Year, date.Month, 1);
            var month = 1;
            for (; start.Month != first; start = start.AddMonths(-1))
            {
                month++;
            }

            return string.Create(
                CultureInfo.InvariantCulture,
                $"{date:yyyy-MM-dd} | {start.AddYears(1).AddDays(-1).Year} | {(month + 2) / 3} | {month} | {start:yyyy-MM-dd}");
        }
    }

    [Fact]
    public async Task UnknownMember_IsADate()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        Assert.Equal(["1"], await warehouse.RowsAsync("SELECT count(*) FROM star.dim_date WHERE date_key = DATE '0001-01-01'"));
    }

    [Fact]
    public async Task CalendarAsItWas_IsNotWrittenAnew()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        Assert.False(await CalendarTable.RefreshAsync(connection, warehouse.Workspace.Definition.Calendar, CancellationToken.None));
    }

    [Fact]
    public async Task CalendarChanged_IsWrittenAnewAndSaysSo()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync();
        await using var connection = await warehouse.Database.ConnectAsync(CancellationToken.None);
        var longer = warehouse.Workspace.Definition.Calendar with
        {
            To = new DateOnly(2041, 1, 1),
            Holidays = new Dictionary<DateOnly, string> { [new DateOnly(2040, 2, 29)] = "Leap Day" },
        };
        Assert.True(await CalendarTable.RefreshAsync(connection, longer, CancellationToken.None));
        Assert.Equal(
            ["14977 | 1 | Leap Day"],
            await warehouse.RowsAsync("SELECT count(*), count(*) FILTER (is_holiday), max(holiday) FROM star.dim_date"));
    }

    [Fact]
    public async Task Holidays_WrittenInline_AreMarked()
    {
        await using var warehouse = await FreshWarehouse.CreateAsync(
            definition: "name: test\ncurrency: GBP\ncalendar:\n  from: 2024-01-01\n  to: 2025-01-01\n  holidays: {2024-12-25: Christmas Day, 2024-12-26: Boxing Day, 2031-01-01: beyond}\n");
        Assert.Equal(
            ["2024-12-25 | True | Christmas Day", "2024-12-26 | True | Boxing Day"],
            await warehouse.RowsAsync("SELECT strftime(date_key, '%Y-%m-%d'), is_holiday, holiday FROM star.dim_date WHERE holiday IS NOT NULL ORDER BY 1"));
    }

    [Theory]
    [InlineData("date,name\n2024-12-25,Christmas Day\n")]
    [InlineData("2024-12-25,GB,Christmas Day")]
    [InlineData("date,country,name\r\n2024-12-25,GB,\"Christmas Day\"\r\n\r\n")]
    public void Holidays_InAFile_AreRead(string lines)
    {
        using var folder = new FreshFolder();
        folder.Write("holidays.csv", lines);
        folder.Write(Workspace.FileName, "name: test\ncurrency: GBP\ncalendar: {holidays: holidays.csv}\n");
        var holidays = Workspace.Open(folder.Path).Definition.Calendar.Holidays;
        Assert.Equal(new Dictionary<DateOnly, string> { [new DateOnly(2024, 12, 25)] = "Christmas Day" }, holidays);
    }

    private static IEnumerable<DateOnly> Dates(DateOnly from, DateOnly to) =>
        Enumerable.Range(0, to.DayNumber - from.DayNumber).Select(from.AddDays);
}
