using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Warehouse.Service.Api;

/// <summary>
/// The body of an answer. Nothing is sent before the first byte: until then a fault can still be told by its status. Disposing it
/// leaves the response as it is.
/// </summary>
internal sealed class ResponseOutput(HttpResponse response, Action begin) : Stream
{
    /// <summary>Whether anything was written.</summary>
    public bool HasBegun { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Begin();
        BuffersExtensions.Write(response.BodyWriter, buffer);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Begin();
        await response.BodyWriter.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private void Begin()
    {
        if (!HasBegun)
        {
            HasBegun = true;
            begin();
        }
    }
}
