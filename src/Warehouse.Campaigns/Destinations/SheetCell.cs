using System.Globalization;

namespace Warehouse.Campaigns.Destinations;

/// <summary>What stands in a cell of a workbook.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">It as the file has it; null for nothing.</param>
public readonly record struct SheetCell(SheetCellKind Kind, string? Text)
{
    private const int MostDigits = 15;

    /// <summary>The first day that all spreadsheets count alike: before it some know a 29 February 1900.</summary>
    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    private static readonly DateTime Zero = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);

    /// <summary>An empty cell.</summary>
    public static SheetCell Nothing { get; } = new(SheetCellKind.Text, null);

    /// <summary>A text, whatever it looks like.</summary>
    public static SheetCell Of(string? text) => new(SheetCellKind.Text, text);

    /// <summary>A number as it is written without an exponent or with one; one with more digits than a spreadsheet keeps is a text.</summary>
    public static SheetCell OfNumber(string number) =>
        number.Count(char.IsAsciiDigit) <= MostDigits || number.Contains('E', StringComparison.OrdinalIgnoreCase) || number.Contains('.', StringComparison.Ordinal)
            ? new(SheetCellKind.Number, number)
            : Of(number);

    /// <summary>A day.</summary>
    public static SheetCell Of(DateOnly day) => day < FirstDay
        ? Of(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        : new(SheetCellKind.Date, (day.DayNumber - DateOnly.FromDateTime(Zero).DayNumber).ToString(CultureInfo.InvariantCulture));

    /// <summary>A time of a day.</summary>
    public static SheetCell Of(DateTime time) => DateOnly.FromDateTime(time) < FirstDay
        ? Of(time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture))
        : new(SheetCellKind.Time, (time - Zero).TotalDays.ToString("0.##########", CultureInfo.InvariantCulture));
}

/// <summary>What a cell is.</summary>
public enum SheetCellKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day, as spreadsheets count days.</summary>
    Date,

    /// <summary>A time, as a part of such a day.</summary>
    Time,
}
