using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

/// <summary>C strings side by side, as the C API takes lists of names.</summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly byte*[] _texts;
    private readonly byte** _pointers;

    public NativeTexts(IReadOnlyList<string> texts, string what)
    {
        var encoded = texts.Select(text => NativeText.ZeroTerminated(text, what)).ToArray();
        _texts = new byte*[encoded.Length];
        _pointers = (byte**)NativeMemory.Alloc((nuint)encoded.Length, (nuint)sizeof(byte*));
        for (var index = 0; index < encoded.Length; index++)
        {
            _texts[index] = (byte*)NativeMemory.Alloc((nuint)encoded[index].Length);
            encoded[index].CopyTo(new Span<byte>(_texts[index], encoded[index].Length));
            _pointers[index] = _texts[index];
        }
    }

    public byte** Pointers => _pointers;

    public void Dispose()
    {
        foreach (var text in _texts)
        {
            NativeMemory.Free(text);
        }

        NativeMemory.Free(_pointers);
    }
}
