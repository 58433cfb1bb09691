using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>The dates that a warehouse knows, [From, To), and what the company says of them.</summary>
/// <param name="From">The first date.</param>
/// <param name="To">The date after the last.</param>
/// <param name="FiscalYearStarts">The month, 1 to 12, with whose first day the fiscal year begins.</param>
/// <param name="Holidays">The holidays by date.</param>
public sealed record CalendarDefinition(
    DateOnly From, DateOnly To, int FiscalYearStarts, IReadOnlyDictionary<DateOnly, string> Holidays)
{
    private static readonly DateOnly DefaultFrom = new(1990, 1, 1);
    private static readonly DateOnly DefaultTo = new(2051, 1, 1);

    internal static CalendarDefinition Read(DefinitionMap? map, string folder)
    {
        if (map is null)
        {
            return new CalendarDefinition(DefaultFrom, DefaultTo, 1, new Dictionary<DateOnly, string>());
        }

        var from = ReadDate(map.TextValue("from")) ?? DefaultFrom;
        var to = ReadDate(map.TextValue("to")) ?? DefaultTo;
        if (to <= from)
        {
            map.Fault("to", FormattableString.Invariant($"The calendar ends ({to:O}) before it begins ({from:O})."));
        }

        return new CalendarDefinition(from, to, map.Whole("fiscal_year_starts", 1, 12) ?? 1, ReadHolidays(map, folder));
    }

    private static Dictionary<DateOnly, string> ReadHolidays(DefinitionMap map, string folder)
    {
        var holidays = new Dictionary<DateOnly, string>();
        if (map.HoldsMap("holidays"))
        {
            foreach (var (date, name) in map.Map("holidays")!.NamedTexts())
            {
                if (ReadDate(date) is { } day)
                {
                    holidays[day] = name.Text;
                }
            }
        }
        else if (map.TextValue("holidays") is { } path)
        {
            ReadHolidayFile(path, Path.Combine(folder, path.Text), holidays);
        }

        return holidays;
    }

    /// <summary>Reads lines that begin with a date and end with a name (<c>date,name</c> or <c>date,country,name</c>); the first may be a heading.</summary>
    private static void ReadHolidayFile(DefinitionText name, string path, Dictionary<DateOnly, string> holidays)
    {
        if (!File.Exists(path))
        {
            name.Fault($"There is no file {name}, which should hold the holidays (date,name).");
            return;
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var parts = line.Split(',');
            if (DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && parts.Length >= 2)
            {
                holidays[date] = parts[^1].Trim().Trim('"');
            }
            else if (number > 1 && line.Length > 0)
            {
                name.Fault(FormattableString.Invariant($"Line {number} of {name} is \"{line}\", and should be a date (2026-12-25), commas and a name."));
            }
        }
    }

    private static DateOnly? ReadDate(DefinitionText? text)
    {
        if (text is null)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        text.Fault($"\"{text}\" is no date; write it like 2026-12-25.");
        return null;
    }
}
