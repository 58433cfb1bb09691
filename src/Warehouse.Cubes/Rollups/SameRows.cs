using System.Globalization;
using System.Numerics;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Rollups;

/// <summary>Requires that an answer from rollups is the one from facts: exactly, but for floating-point numbers, to nine digits.</summary>
internal static class SameRows
{
    /// <exception cref="InvalidOperationException">They differ.</exception>
    public static void Require(CubeResult fromRollups, CubeResult fromFacts, string sql)
    {
        var isSame = fromRollups.Rows.Count == fromFacts.Rows.Count
            && fromRollups.Rows.Zip(fromFacts.Rows).All(rows => rows.First.Total == rows.Second.Total && rows.First.Rest == rows.Second.Rest
                && rows.First.Values.Zip(rows.Second.Values).All(values => IsSame(values.First, values.Second)));
        if (!isSame)
        {
            throw new InvalidOperationException($"An answer from rollups differs from the one from facts:\n{Text(fromRollups)}\nfrom facts:\n{Text(fromFacts)}\n{sql}");
        }
    }

    private static bool IsSame(object? left, object? right)
    {
        if (left is double or float || right is double or float)
        {
            return left is not null && right is not null && IsNear(Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture));
        }

        return Equals(Plain(left), Plain(right));
    }

    private static bool IsNear(double left, double right) => Math.Abs(left - right) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(left), Math.Abs(right)));

    private static object? Plain(object? value) => value switch
    {
        BigInteger wide => (decimal)wide,
        Int128 wide => (decimal)wide,
        long or int or short or sbyte => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        _ => value,
    };

    private static string Text(CubeResult result) =>
        string.Join('\n', result.Rows.Select(row => string.Join(" | ", row.Values.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture)))));
}
