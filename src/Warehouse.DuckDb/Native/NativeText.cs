using System.Text;

namespace Warehouse.DuckDb.Native;

/// <summary>UTF-8 in and out of libduckdb. Text that UTF-8 cannot carry (a lone surrogate) is refused, never replaced.</summary>
internal static unsafe class NativeText
{
    public static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of a C string, its end mark included.</summary>
    /// <exception cref="ArgumentException">The text holds a NUL, which would end it early, or a lone surrogate.</exception>
    public static byte[] ZeroTerminated(string text, string what)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{what} must not contain a NUL character; there is one at index {text.IndexOf('\0', StringComparison.Ordinal)}.");
        }

        var bytes = new byte[Encoded(text, what, static (utf8, value) => utf8.GetByteCount(value)) + 1];
        Utf8.GetBytes(text, bytes);
        return bytes;
    }

    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static byte[] Bytes(string text, string what) => Encoded(text, what, static (utf8, value) => utf8.GetBytes(value));

    public static string Read(byte* text) =>
        text is null ? "" : Utf8.GetString(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    /// <summary>Reads a C string that the caller owns, and frees it.</summary>
    public static string Take(byte* text)
    {
        try
        {
            return Read(text);
        }
        finally
        {
            NativeMethods.duckdb_free(text);
        }
    }

    private static T Encoded<T>(string text, string what, Func<UTF8Encoding, string, T> encode)
    {
        try
        {
            return encode(Utf8, text);
        }
        catch (EncoderFallbackException fault)
        {
            throw new ArgumentException($"{what} is not valid Unicode: half of a surrogate pair stands alone at index {fault.Index}.", fault);
        }
    }
}
