using Warehouse.SampleData.Chance;

namespace Warehouse.SampleData.Contacts;

/// <summary>The people who answer customers, A01 to A26. The last four leave far more complaints unresolved.</summary>
internal static class Agent
{
    public const int Count = 26;

    private const int Careless = 4;

    public static int Draw(Rng rng) => rng.Below(Count);

    public static string Name(int agent) => $"A{agent + 1:00}";

    /// <summary>The share of complaints that an agent never resolves.</summary>
    public static double UnresolvedShare(int agent) => agent < Count - Careless ? 0.27 : 0.65;
}
