namespace Warehouse.Etl.Mapping.Values;

/// <summary>Numbers whose decimals follow a comma. Points may only stand between thousands: 1.5 is not 15.</summary>
internal static class DecimalComma
{
    /// <summary>A longer text is no number.</summary>
    public const int Longest = 64;

    /// <summary>Writes a number with a point instead; false where points stand elsewhere than between thousands.</summary>
    public static bool TryPoint(ReadOnlySpan<byte> text, Span<byte> pointed, out int length)
    {
        length = 0;
        if (text.Length > Longest)
        {
            return false;
        }

        var comma = text.IndexOf((byte)',');
        var whole = comma < 0 ? text : text[..comma];
        var first = whole.Length > 0 && whole[0] is (byte)'+' or (byte)'-' ? 1 : 0;
        var isGrouped = text.Contains((byte)'.');
        for (var at = 0; at < text.Length; at++)
        {
            // In a grouped number every fourth sign before the comma is a point, and no other is; the first group may be short.
            var isPoint = text[at] == '.';
            var mayBePoint = at > first && at < whole.Length && (whole.Length - at) % 4 == 0;
            if (isGrouped && isPoint != mayBePoint)
            {
                return false;
            }

            if (!isPoint)
            {
                pointed[length++] = at == comma ? (byte)'.' : text[at];
            }
        }

        return true;
    }
}
