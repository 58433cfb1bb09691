namespace Warehouse.Etl.Mapping.Values;

/// <summary>The words for yes and no, whatever their letters' case.</summary>
internal sealed class FlagReader(IReadOnlyList<string> yes, IReadOnlyList<string> no) : ValueReader
{
    private readonly WordSet _yes = new(yes);
    private readonly WordSet _no = new(no);

    public override bool TryRead(ReadOnlySpan<byte> text, bool isTyped, out long value)
    {
        var isYes = _yes.Contains(text);
        value = isYes ? 1 : 0;
        return isYes || _no.Contains(text);
    }
}
