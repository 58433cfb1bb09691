using Warehouse.Verbs.Output;

namespace Warehouse.Service.Forwarding;

/// <summary>Writes bytes as pieces of one kind, in turn with the streams of other kinds.</summary>
internal sealed class FrameStream(Stream below, FrameKind kind, SemaphoreSlim turn, CancellationToken stop) : WriteOnlyStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
        {
            return;
        }

        await turn.WaitAsync(stop);
        try
        {
            await Frame.WriteAsync(below, kind, buffer, stop);
        }
        finally
        {
            turn.Release();
        }
    }
}
