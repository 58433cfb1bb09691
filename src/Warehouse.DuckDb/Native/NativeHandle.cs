using System.Runtime.InteropServices;

namespace Warehouse.DuckDb.Native;

/// <summary>A pointer that libduckdb gave out and wants back exactly once.</summary>
internal abstract class NativeHandle : SafeHandle
{
    private static long _open;

    protected NativeHandle(nint pointer)
        : base(0, ownsHandle: true)
    {
        SetHandle(pointer);
        if (pointer != 0)
        {
            Interlocked.Increment(ref _open);
        }
    }

    /// <summary>How many native objects this process holds now; a leak test watches it.</summary>
    public static long OpenCount => Interlocked.Read(ref _open);

    public sealed override bool IsInvalid => handle == 0;

    protected sealed override bool ReleaseHandle()
    {
        Release(handle);
        Interlocked.Decrement(ref _open);
        return true;
    }

    protected abstract void Release(nint pointer);
}

internal sealed class DatabaseHandle(nint pointer) : NativeHandle(pointer)
{
    /// <summary>
    /// Opening and closing take turns: libduckdb forgets a closing instance before it has let go of the file, and who
    /// opens the file in between is told that it is in use.
    /// </summary>
    public static Lock Turn { get; } = new();

    protected override void Release(nint pointer)
    {
        lock (Turn)
        {
            NativeMethods.duckdb_close(ref pointer);
        }
    }
}

/// <summary>A connection holds on to its database: libduckdb waits for ever for one that is closed but still in use.</summary>
internal sealed class ConnectionHandle : NativeHandle
{
    private readonly DatabaseHandle _database;

    public ConnectionHandle(nint pointer, DatabaseHandle database)
        : base(pointer)
    {
        var held = false;
        database.DangerousAddRef(ref held);
        _database = database;
    }

    protected override void Release(nint pointer)
    {
        NativeMethods.duckdb_disconnect(ref pointer);
        _database.DangerousRelease();
    }
}

internal sealed class ConfigHandle(nint pointer) : NativeHandle(pointer)
{
    protected override void Release(nint pointer) => NativeMethods.duckdb_destroy_config(ref pointer);
}

internal sealed class ExtractedHandle(nint pointer) : NativeHandle(pointer)
{
    protected override void Release(nint pointer) => NativeMethods.duckdb_destroy_extracted(ref pointer);
}

/// <summary>A prepared statement holds on to its connection, for the same reason.</summary>
internal sealed class PreparedHandle : NativeHandle
{
    private readonly ConnectionHandle _connection;

    public PreparedHandle(nint pointer, ConnectionHandle connection)
        : base(pointer)
    {
        var held = false;
        connection.DangerousAddRef(ref held);
        _connection = connection;
    }

    protected override void Release(nint pointer)
    {
        NativeMethods.duckdb_destroy_prepare(ref pointer);
        _connection.DangerousRelease();
    }
}

internal sealed class PendingHandle(nint pointer) : NativeHandle(pointer)
{
    protected override void Release(nint pointer) => NativeMethods.duckdb_destroy_pending(ref pointer);
}

internal sealed class ValueHandle(nint pointer) : NativeHandle(pointer)
{
    protected override void Release(nint pointer) => NativeMethods.duckdb_destroy_value(ref pointer);
}

internal sealed class LogicalTypeHandle(nint pointer) : NativeHandle(pointer)
{
    protected override void Release(nint pointer) => NativeMethods.duckdb_destroy_logical_type(ref pointer);
}

internal sealed class ErrorDataHandle(nint pointer) : NativeHandle(pointer)
{
    protected override void Release(nint pointer) => NativeMethods.duckdb_destroy_error_data(ref pointer);
}

/// <summary>A chunk that the provider fills; the chunks of results are a <see cref="ResultHandle"/>'s.</summary>
internal sealed class ChunkHandle(nint pointer) : NativeHandle(pointer)
{
    protected override void Release(nint pointer) => NativeMethods.duckdb_destroy_data_chunk(ref pointer);
}

internal sealed class AppenderHandle : NativeHandle
{
    private readonly ConnectionHandle _connection;

    public AppenderHandle(nint pointer, ConnectionHandle connection)
        : base(pointer)
    {
        var held = false;
        connection.DangerousAddRef(ref held);
        _connection = connection;
    }

    /// <summary>Destroying an appender would write the rows that it still holds, so they are thrown away first.</summary>
    protected override void Release(nint pointer)
    {
        _ = NativeMethods.duckdb_appender_clear(pointer);
        _ = NativeMethods.duckdb_appender_destroy(ref pointer);
        _connection.DangerousRelease();
    }
}

internal sealed class TableDescriptionHandle(nint pointer) : NativeHandle(pointer)
{
    protected override void Release(nint pointer) => NativeMethods.duckdb_table_description_destroy(ref pointer);
}
