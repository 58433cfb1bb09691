using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

/// <summary>
/// A result and the one chunk of it that is held now. A chunk is freed when the next is fetched, so that reading
/// a result of any length takes the memory of one chunk and nothing of the collector's.
/// </summary>
internal sealed unsafe class ResultHandle() : NativeHandle(New())
{
    private nint _chunk;

    public NativeResult* Result => (NativeResult*)handle;

    /// <summary>The next chunk; 0 at the end, and after an error, which the result then holds.</summary>
    public nint FetchChunk()
    {
        var held = false;
        try
        {
            DangerousAddRef(ref held);
            FreeChunk();
            _chunk = NativeMethods.duckdb_fetch_chunk(*Result);
            return _chunk;
        }
        finally
        {
            if (held)
            {
                DangerousRelease();
            }
        }
    }

    protected override void Release(nint pointer)
    {
        FreeChunk();
        NativeMethods.duckdb_destroy_result((NativeResult*)pointer);
        NativeMemory.Free((void*)pointer);
    }

    private static nint New() => (nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult));

    private void FreeChunk()
    {
        if (_chunk != 0)
        {
            NativeMethods.duckdb_destroy_data_chunk(ref _chunk);
        }
    }
}
