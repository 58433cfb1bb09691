using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Store;

/// <summary>Lengths of time as jobs say them: <c>30 minutes</c>.</summary>
internal static class JobSpan
{
    private const int Most = 100_000;

    /// <summary>Reads one; a minute, and a fault, where it is none.</summary>
    public static TimeSpan Read(DefinitionText text)
    {
        var parts = text.Text.Split(' ');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= Most
            && Unit(parts[1]) is { } unit)
        {
            return unit * count;
        }

        text.Fault($"A length of time is written like 45 seconds, 30 minutes, 6 hours or 1 day, not \"{text}\".");
        return TimeSpan.FromMinutes(1);
    }

    private static TimeSpan? Unit(string word) => word switch
    {
        "second" or "seconds" => TimeSpan.FromSeconds(1),
        "minute" or "minutes" => TimeSpan.FromMinutes(1),
        "hour" or "hours" => TimeSpan.FromHours(1),
        "day" or "days" => TimeSpan.FromDays(1),
        _ => null,
    };
}
