using System.Globalization;
using System.Numerics;
using Warehouse.Cubes.Results;

namespace Warehouse.Cubes.Tests.Metamorphic;

/// <summary>A row: its set and members as a text, and its measures.</summary>
internal sealed record StarRow(string Key, IReadOnlyList<object?> Measures)
{
    public static string KeyOf(int set, IReadOnlyList<object?> members, int rest = 0) =>
        string.Join(" | ", members.Select((member, index) => (set >> index & 1) == 1 ? "*" : (rest >> index & 1) == 1 ? "(rest)" : Show(member)));

    public static string Show(object? value) => value switch
    {
        null => "null",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public override string ToString() => $"{Key} => {string.Join(", ", Measures.Select(Show))}";
}

/// <summary>The rows of an answer, compared by their members, whatever their order.</summary>
internal sealed record StarAnswer(IReadOnlyList<StarRow> Rows)
{
    public static StarAnswer Of(CubeResult result)
    {
        var members = result.Columns.Count(column => column.IsMember);
        return new StarAnswer([.. result.Rows.Select(row => new StarRow(
            StarRow.KeyOf(row.Total, [.. row.Values.Take(members)], row.Rest),
            [.. row.Values.Skip(members).Select(Number)]))]);
    }

    /// <summary>What differs from what is expected, in words; null where nothing does.</summary>
    public string? Difference(StarAnswer expected)
    {
        if (Rows.GroupBy(row => row.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return $"two rows of {twice.Key}";
        }

        var own = Rows.ToDictionary(row => row.Key);
        var wanted = expected.Rows.ToDictionary(row => row.Key);
        return wanted.Keys.FirstOrDefault(key => !own.ContainsKey(key)) is { } missing ? $"missing: {wanted[missing]}"
            : own.Keys.FirstOrDefault(key => !wanted.ContainsKey(key)) is { } surplus ? $"surplus: {own[surplus]}"
            : wanted.Values.FirstOrDefault(row => !row.Measures.Zip(own[row.Key].Measures).All(pair => Same(pair.First, pair.Second))) is { } wrong
                ? $"expected {wrong}, and it is {own[wrong.Key]}"
                : null;
    }

    /// <summary>Doubles are equal to nine digits, decimals exactly.</summary>
    public static bool Same(object? left, object? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        if (left is decimal exact && right is decimal other && exact == other)
        {
            return true;
        }

        var (first, second) = (Convert.ToDouble(left, CultureInfo.InvariantCulture), Convert.ToDouble(right, CultureInfo.InvariantCulture));
        return Math.Abs(first - second) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(first), Math.Abs(second)));
    }

    private static object? Number(object? value) => value switch
    {
        null => null,
        double or decimal => value,
        BigInteger wide => (decimal)wide,
        Int128 wide => (decimal)wide,
        _ => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
    };
}
