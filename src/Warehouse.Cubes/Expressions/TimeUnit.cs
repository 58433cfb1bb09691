namespace Warehouse.Cubes.Expressions;

/// <summary>The lengths that calendars are divided into, shortest first. Weeks are ISO 8601 weeks.</summary>
public enum TimeUnit
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
    FiscalQuarter,
    FiscalYear,
}

/// <summary>Where a period lies from the day of the question.</summary>
public enum RelativeKind
{
    /// <summary>The one that holds the day of the question, whole.</summary>
    This,

    /// <summary>The whole ones before it.</summary>
    Last,

    /// <summary>The whole ones after it.</summary>
    Next,
}

internal static class TimeUnits
{
    public static readonly IReadOnlyDictionary<string, TimeUnit> ByName = new Dictionary<string, TimeUnit>(StringComparer.OrdinalIgnoreCase)
    {
        ["day"] = TimeUnit.Day,
        ["week"] = TimeUnit.Week,
        ["month"] = TimeUnit.Month,
        ["quarter"] = TimeUnit.Quarter,
        ["year"] = TimeUnit.Year,
        ["fiscal_quarter"] = TimeUnit.FiscalQuarter,
        ["fiscal_year"] = TimeUnit.FiscalYear,
    };

    public static string Text(this TimeUnit unit) => ByName.First(entry => entry.Value == unit).Key;

    /// <summary>The unit of a word in the singular or plural.</summary>
    public static TimeUnit? Find(string word) =>
        ByName.TryGetValue(word, out var unit) ? unit
        : word.EndsWith('s') && ByName.TryGetValue(word[..^1], out unit) ? unit
        : null;
}
