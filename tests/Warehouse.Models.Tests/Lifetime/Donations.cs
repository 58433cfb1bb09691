using Warehouse.Models.Lifetime;
using Warehouse.Models.Lifetime.BgBb;

namespace Warehouse.Models.Tests.Lifetime;

/// <summary>
/// Fader, Hardie and Shang (2010), table 1: the 11,104 supporters that a charity won in 1995, by the years of 1996 to 2001 in
/// which they gave.
/// </summary>
internal static class Donations
{
    private static readonly double[] Frequency = [0, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6];
    private static readonly double[] Recency = [0, 1, 2, 3, 4, 5, 6, 2, 3, 4, 5, 6, 3, 4, 5, 6, 4, 5, 6, 5, 6, 6];

    private static readonly long[] Supporters =
        [3464, 1091, 277, 129, 78, 119, 129, 613, 255, 155, 173, 234, 322, 181, 225, 357, 240, 284, 512, 335, 728, 1203];

    public static LifetimeSummary Summary => new()
    {
        Frequency = Frequency,
        Recency = Recency,
        Age = [.. Frequency.Select(_ => 6.0)],
        Customers = Supporters,
    };

    public static IEnumerable<(OccasionHistory History, long Supporters)> Cells =>
        Supporters.Select((supporters, i) => (new OccasionHistory((int)Frequency[i], (int)Recency[i], 6), supporters));
}
