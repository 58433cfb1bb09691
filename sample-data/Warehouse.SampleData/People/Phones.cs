namespace Warehouse.SampleData.People;

/// <summary>
/// Telephone numbers from the ranges that Ofcom keeps free for drama, a thousand numbers each. Where there are more people
/// than numbers, those beyond have an extension, so that no two share a number by accident.
/// </summary>
internal static class Phones
{
    private static readonly string[] s_ranges =
    [
        "07700 900", "01632 960", "0113 4960", "0114 4960", "0115 4960", "0116 4960", "0117 4960", "0118 4960",
        "0121 4960", "0131 4960", "0141 4960", "0151 4960", "0161 4960", "020 79460", "0191 4980", "029 20180",
    ];

    public static int Available => s_ranges.Length * 1000;

    public static string Number(long ordinal)
    {
        var (round, place) = Math.DivRem(ordinal, Available);
        var number = $"{s_ranges[place % s_ranges.Length]}{place / s_ranges.Length:000}";
        return round == 0 ? number : $"{number} x{round}";
    }

    /// <summary>The same number as other programs write it.</summary>
    public static string Rewritten(string number, int style) => style switch
    {
        0 => string.Concat("+44", number.AsSpan(1)).Replace(" ", "", StringComparison.Ordinal),
        1 => number.Replace(" ", "", StringComparison.Ordinal),
        2 => string.Concat("+44 (0)", number.AsSpan(1)),
        _ => number,
    };
}
