using System.Buffers.Binary;

namespace Warehouse.Service.Forwarding;

/// <summary>
/// A piece of what a forwarded command says: one byte of <see cref="FrameKind"/>, the length as four bytes, little-endian, and the
/// bytes. The last one has the exit code as one byte; where it is missing, the command did not end.
/// </summary>
internal static class Frame
{
    public const int HeadLength = 5;

    public const string MediaType = "application/vnd.warehouse.frames";

    public static async ValueTask WriteAsync(Stream stream, FrameKind kind, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), bytes.Length);
        await stream.WriteAsync(head, cancellationToken);
        await stream.WriteAsync(bytes, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>The next piece; null where the stream ends.</summary>
    public static async ValueTask<(FrameKind Kind, byte[] Bytes)?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        if (await stream.ReadAtLeastAsync(head, HeadLength, throwOnEndOfStream: false, cancellationToken) < HeadLength)
        {
            return null;
        }

        var bytes = new byte[BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(1))];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return ((FrameKind)head[0], bytes);
    }
}

/// <summary>Where a piece belongs.</summary>
internal enum FrameKind : byte
{
    Output = 1,
    Error = 2,
    ExitCode = 3,
}
