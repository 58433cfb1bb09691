using Warehouse.DuckDb.Appending;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <summary>
/// A column of the chunk that an appender is filling, in the engine's own memory. It is good until the chunk is
/// appended; every row of the chunk is to be written.
/// </summary>
public readonly ref struct DuckDBAppenderColumn
{
    private readonly ColumnWriter _column;

    internal DuckDBAppenderColumn(ColumnWriter column) => _column = column;

    /// <summary>The column's type.</summary>
    public DuckDBLogicalType Type => _column.Type;

    /// <summary>The values as they lie in memory, <see cref="DuckDBAppender.ChunkCapacity"/> of them.</summary>
    /// <typeparam name="T">
    /// The CLR type of the same layout: <c>int</c> for INTEGER and DATE, <c>long</c> for BIGINT, TIME and the timestamps, the
    /// integer of its width for DECIMAL and ENUM, <see cref="DuckDBDateOnly"/>, <see cref="DuckDBTimestamp"/>, <see cref="DuckDBInterval"/>, …
    /// </typeparam>
    /// <exception cref="InvalidCastException">The column's values lie in memory otherwise.</exception>
    public unsafe Span<T> AsSpan<T>()
        where T : unmanaged
    {
        MemoryLayout.Require<T>(_column.Type, _column.Path);
        return new Span<T>(_column.Data, DuckDBAppender.ChunkCapacity);
    }

    /// <summary>Writes one value, as <see cref="DuckDBAppenderRow.AppendValue{T}(T)"/> does.</summary>
    public void Write<T>(int row, T value) => _column.Write(Checked(row), value);

    /// <summary>Writes one text.</summary>
    public void WriteText(int row, ReadOnlySpan<char> value) => TextWriters.Text(_column, Checked(row), value);

    /// <summary>Writes one text as UTF-8.</summary>
    /// <exception cref="ArgumentException">The bytes are not UTF-8.</exception>
    public void WriteUtf8Text(int row, ReadOnlySpan<byte> value) => TextWriters.Utf8Text(_column, Checked(row), value);

    /// <summary>Writes NULL.</summary>
    public void WriteNull(int row) => _column.PutNull(Checked(row));

    private static int Checked(int row) => (uint)row < (uint)DuckDBAppender.ChunkCapacity
        ? row
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"A chunk has the rows 0 to {DuckDBAppender.ChunkCapacity - 1}.");
}
