using System.Data.Common;

namespace Warehouse.Store;

/// <summary>Keeps <c>star.dim_date</c> what the workspace's calendar says.</summary>
public static class CalendarTable
{
    /// <summary>Writes the dates anew if any differs, and says whether it did. Runs within the caller's transaction.</summary>
    public static async Task<bool> RefreshAsync(DbConnection connection, CalendarDefinition calendar, CancellationToken cancellationToken)
    {
        var dates = SqlFile.Read(typeof(CalendarTable), "Calendar/calendar.sql");
        var holidays = calendar.Holidays.OrderBy(holiday => holiday.Key).ToArray();
        (string, object?)[] values =
        [
            ("from", calendar.From),
            ("to", calendar.To),
            ("fiscal_year_starts", calendar.FiscalYearStarts),
            ("holiday_dates", holidays.Select(holiday => holiday.Key).ToList()),
            ("holiday_names", holidays.Select(holiday => holiday.Value).ToList()),
        ];
        await connection.ExecuteAsync($"CREATE OR REPLACE TEMP TABLE calendar_date AS {dates}", cancellationToken, values);
        var differences = await connection.ScalarAsync<long>(
            """
            SELECT count(*) FROM (
                (FROM temp.calendar_date EXCEPT FROM star.dim_date)
                UNION ALL
                (FROM star.dim_date EXCEPT FROM temp.calendar_date)
            )
            """,
            cancellationToken);
        if (differences > 0)
        {
            await connection.ExecuteAsync(
                "DELETE FROM star.dim_date; INSERT INTO star.dim_date FROM temp.calendar_date ORDER BY date_key", cancellationToken);
        }

        await connection.ExecuteAsync("DROP TABLE temp.calendar_date", cancellationToken);
        return differences > 0;
    }
}
