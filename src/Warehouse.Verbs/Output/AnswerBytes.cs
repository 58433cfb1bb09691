namespace Warehouse.Verbs.Output;

/// <summary>Keeps the bytes of an answer, also when who wrote them has closed it.</summary>
internal sealed class AnswerBytes : WriteOnlyStream
{
    private readonly MemoryStream _kept = new();

    /// <summary>What was written.</summary>
    public byte[] Whole() => _kept.ToArray();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _kept.WriteAsync(buffer, cancellationToken);
}
