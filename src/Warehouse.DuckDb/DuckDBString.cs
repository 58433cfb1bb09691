using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb;

/// <summary>
/// The place that a VARCHAR, BLOB or other value of variable length has in a column's memory: up to 12 bytes within it,
/// more behind a pointer. Look at it where it lies, <c>foreach (ref readonly var text in vector.AsSpan&lt;DuckDBString&gt;())</c>;
/// it is good as long as its chunk.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
public readonly unsafe struct DuckDBString
{
    internal const int InlineLength = 12;

    [FieldOffset(0)]
    private readonly uint _length;

    [FieldOffset(4)]
    private readonly byte _inline;

    [FieldOffset(8)]
    private readonly byte* _pointer;

    /// <summary>How many bytes it has.</summary>
    public int Length => (int)_length;

    /// <summary>The bytes: of a VARCHAR, UTF-8.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _length <= InlineLength
            ? MemoryMarshal.CreateReadOnlySpan(in _inline, (int)_length)
            : new ReadOnlySpan<byte>(_pointer, (int)_length);
    }

    /// <summary>A VARCHAR's text.</summary>
    public override string ToString() => NativeText.Utf8.GetString(Bytes);

    /// <summary>Writes bytes that fit within the place itself; false when there are too many.</summary>
    internal static bool TryInline(DuckDBString* place, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > InlineLength)
        {
            return false;
        }

        var room = new Span<byte>(place, sizeof(DuckDBString));
        room.Clear();
        Unsafe.WriteUnaligned(place, (uint)bytes.Length);
        bytes.CopyTo(room[sizeof(uint)..]);
        return true;
    }
}
