using System.Runtime.Intrinsics;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>
/// Four doubles at a time, always four: the width is not the machine's, so that the order of every addition, and
/// with it every last bit, is the same on all of them.
/// </summary>
internal static class Lanes
{
    public const int Count = 4;

    public static double Sum(Vector256<double> lanes) =>
        (lanes.GetElement(0) + lanes.GetElement(1)) + (lanes.GetElement(2) + lanes.GetElement(3));

    /// <summary>The values from <paramref name="index"/>; from <paramref name="end"/> on <paramref name="beyond"/>.</summary>
    public static Vector256<double> Load(double[] values, int index, int end, double beyond = 0) =>
        end - index >= Count
            ? Vector256.LoadUnsafe(ref values[index])
            : Vector256.Create(
                values[index],
                index + 1 < end ? values[index + 1] : beyond,
                index + 2 < end ? values[index + 2] : beyond,
                beyond);
}
