using System.Buffers;
using Warehouse.Definitions;

namespace Warehouse.Etl.Staging;

/// <summary>The lines of a text in UTF-8, as bytes, of which one at a time is held. They end with LF, CR LF or CR.</summary>
internal static class TextLines
{
    /// <summary>The lines and their numbers, from 1; each is overwritten by the next. A byte-order mark is left out.</summary>
    /// <param name="stream">The text.</param>
    /// <param name="name">How people name it.</param>
    /// <exception cref="UserFaultException">A line is longer than anybody means.</exception>
    public static IEnumerable<(ReadOnlyMemory<byte> Line, long Number)> Of(Stream stream, string name)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        var (at, end, number, isAtEnd) = (0, 0, 0L, false);
        while (!isAtEnd || at < end)
        {
            if (TryTake(buffer.AsSpan(0, end), at, isAtEnd, out var length, out var next))
            {
                var mark = number++ == 0 && buffer.AsSpan(at, length).StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
                yield return (buffer.AsMemory(at + mark, length - mark), number);
                at = next;
                continue;
            }

            if (end - at > DelimitedRecords.LongestLine)
            {
                throw new UserFaultException(FormattableString.Invariant(
                    $"Line {number + 1} of {name} is longer than {DelimitedRecords.LongestLine} bytes. Nothing was loaded. If the file is one JSON document, say « format: json »."));
            }

            var larger = end - at > buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(buffer.Length * 2) : buffer;
            buffer.AsSpan(at, end - at).CopyTo(larger);
            if (larger != buffer)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            (buffer, at, end) = (larger, 0, end - at);
            var read = stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
            (isAtEnd, end) = (read < buffer.Length - end, end + read);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static bool TryTake(ReadOnlySpan<byte> text, int at, bool isAtEnd, out int length, out int next)
    {
        length = text[at..].IndexOfAny((byte)'\n', (byte)'\r');
        if (length >= 0)
        {
            return RecordSplitter.TryTakeLineEnd(text, at + length, isAtEnd, out next);
        }

        (length, next) = (text.Length - at, text.Length);
        return isAtEnd && length > 0;
    }
}
