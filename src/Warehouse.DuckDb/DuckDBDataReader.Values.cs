using System.Runtime.CompilerServices;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <content>The values of the current row.</content>
public sealed partial class DuckDBDataReader
{
    /// <inheritdoc/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>
    /// The value as a <typeparamref name="T"/>: any type that holds the column's values (an integer of another width, a
    /// nullable, <see cref="DuckDBDecimal"/>, <see cref="DuckDBTimestamp"/>, a list, a dictionary, an enum by name, …).
    /// </summary>
    /// <exception cref="InvalidCastException">
    /// Values of this column are not read as a <typeparamref name="T"/>, or it is NULL and <typeparamref name="T"/> is not nullable.
    /// </exception>
    /// <exception cref="OverflowException">A <typeparamref name="T"/> cannot hold this value.</exception>
    public override T GetFieldValue<T>(int ordinal)
    {
        var column = Column(ordinal);
        return column.IsNull(_row) ? OfNull<T>(column) : ValueReader.Read<T>(column, _row);
    }

    /// <summary>The value as the type that <see cref="GetFieldType"/> names; <see cref="DBNull"/> for NULL.</summary>
    public override object GetValue(int ordinal)
    {
        var column = Column(ordinal);
        return column.IsNull(_row) ? DBNull.Value : ValueReader.ReadObject(column, _row);
    }

    /// <inheritdoc/>
    public override int GetValues(object[] values)
    {
        var count = Math.Min(values.Length, FieldCount);
        for (var ordinal = 0; ordinal < count; ordinal++)
        {
            values[ordinal] = GetValue(ordinal);
        }

        return count;
    }

    /// <inheritdoc/>
    public override bool IsDBNull(int ordinal) => Column(ordinal).IsNull(_row);

    /// <inheritdoc/>
    public override bool GetBoolean(int ordinal) => NotNull<bool>(ordinal);

    /// <inheritdoc/>
    public override byte GetByte(int ordinal) => NotNull<byte>(ordinal);

    /// <inheritdoc/>
    public override short GetInt16(int ordinal) => NotNull<short>(ordinal);

    /// <inheritdoc/>
    public override int GetInt32(int ordinal) => NotNull<int>(ordinal);

    /// <inheritdoc/>
    public override long GetInt64(int ordinal) => NotNull<long>(ordinal);

    /// <inheritdoc/>
    public override float GetFloat(int ordinal) => NotNull<float>(ordinal);

    /// <inheritdoc/>
    public override double GetDouble(int ordinal) => NotNull<double>(ordinal);

    /// <inheritdoc/>
    public override decimal GetDecimal(int ordinal) => NotNull<decimal>(ordinal);

    /// <inheritdoc/>
    public override DateTime GetDateTime(int ordinal) => NotNull<DateTime>(ordinal);

    /// <inheritdoc/>
    public override Guid GetGuid(int ordinal) => NotNull<Guid>(ordinal);

    /// <inheritdoc/>
    public override char GetChar(int ordinal) => NotNull<char>(ordinal);

    /// <inheritdoc/>
    public override string GetString(int ordinal) => NotNull<string>(ordinal);

    /// <summary>A BLOB's bytes as a stream, which outlives the row.</summary>
    public override Stream GetStream(int ordinal) => NotNull<Stream>(ordinal);

    /// <inheritdoc/>
    public override TextReader GetTextReader(int ordinal) => NotNull<TextReader>(ordinal);

    /// <summary>Copies a part of a BLOB; with a null buffer, says how long it is.</summary>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        var column = Column(ordinal);
        RequireValue(column);
        return Copy(TextReaders.Blob(column, _row), dataOffset, buffer, bufferOffset, length);
    }

    /// <summary>Copies a part of a text, counted in UTF-16 units; with a null buffer, says how long it is.</summary>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        Copy<char>(GetString(ordinal), dataOffset, buffer, bufferOffset, length);

    private static long Copy<T>(ReadOnlySpan<T> source, long offset, T[]? buffer, int bufferOffset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (buffer is null)
        {
            return source.Length;
        }

        if (offset >= source.Length)
        {
            return 0;
        }

        var part = source[(int)offset..];
        part = part[..Math.Min(part.Length, length)];
        part.CopyTo(buffer.AsSpan(bufferOffset));
        return part.Length;
    }

    private static T OfNull<T>(ColumnVector column)
    {
        if (typeof(T) == typeof(object) || typeof(T) == typeof(DBNull))
        {
            return (T)(object)DBNull.Value;
        }

        return typeof(T).IsValueType && default(T) is null ? default! : throw NullValue(column);
    }

    private static InvalidCastException NullValue(ColumnVector column) =>
        new($"Column '{column.Path}' is NULL in this row: ask IsDBNull first, or read it as a nullable type.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T NotNull<T>(int ordinal)
    {
        var column = Column(ordinal);
        RequireValue(column);
        return ValueReader.Read<T>(column, _row);
    }

    private void RequireValue(ColumnVector column)
    {
        if (column.IsNull(_row))
        {
            throw NullValue(column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ColumnVector Column(int ordinal)
    {
        if ((ulong)_row >= (ulong)_rowsInChunk || (uint)ordinal >= (uint)_vectors.Length)
        {
            ThrowNoValue(ordinal);
        }

        return _vectors[ordinal];
    }

    private void ThrowNoValue(int ordinal)
    {
        RequireOpen();
        if ((uint)ordinal >= (uint)_columns.Length)
        {
            throw new IndexOutOfRangeException($"There is no column {ordinal}: the result has {_columns.Length}.");
        }

        throw new InvalidOperationException(_isAtEnd ? "There is no row: the result has been read to its end." : "There is no row yet: call Read first.");
    }
}
