using Warehouse.Verbs.Output;

namespace Warehouse.Service.Api;

/// <summary>
/// The body of an answer while it is written: kept in memory as long as it is small, so that a fault can still be told by its
/// status and the answer's length is known; sent as it comes from then on.
/// </summary>
/// <param name="begin">Tells the status and the headers, when the answer has become too large to wait for its end.</param>
/// <param name="response">Where it goes.</param>
/// <param name="mostKept">From how many bytes on it is large.</param>
internal sealed class AnswerBody(Action begin, Stream response, int mostKept = AnswerBody.MostKept) : WriteOnlyStream
{
    public const int MostKept = 256 * 1024;
    private MemoryStream? _kept = new();

    /// <summary>The whole answer; null where it is being sent already.</summary>
    public byte[]? Whole() => _kept?.ToArray();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_kept is { } kept)
        {
            if (kept.Length + buffer.Length <= mostKept)
            {
                await kept.WriteAsync(buffer, cancellationToken);
                return;
            }

            begin();
            _kept = null;
            await response.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), cancellationToken);
        }

        await response.WriteAsync(buffer, cancellationToken);
    }
}
