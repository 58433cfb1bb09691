using System.IO.Compression;
using System.Text;

namespace Warehouse.Etl.Staging;

/// <summary>A file of text as a stream of UTF-8, decompressed where its name ends in .gz.</summary>
internal static class SourceStream
{
    /// <summary>Opens a file for reading in one go.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding; the byte-order mark of a UTF-16 or UTF-32 file counts for more.</param>
    /// <param name="isTranscoded">Whether the bytes are another encoding's, so that those that are no character became U+FFFD.</param>
    public static Stream Open(string path, Encoding encoding, out bool isTranscoded)
    {
        Stream stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            stream = new BoundedStream(new GZipStream(stream, CompressionMode.Decompress), stream.Length);
        }

        var start = new byte[4];
        var read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream = new PrefixedStream(start.AsMemory(0, read), stream);
        var found = start switch
        {
            [0xFF, 0xFE, 0, 0] => Encoding.UTF32,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => encoding,
        };
        isTranscoded = found.CodePage != Encoding.UTF8.CodePage;
        return isTranscoded
            ? Encoding.CreateTranscodingStream(
                stream,
                Encoding.GetEncoding(found.CodePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD")),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
            : stream;
    }
}
