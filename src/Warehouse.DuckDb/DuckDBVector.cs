using Warehouse.DuckDb.Execution;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb;

/// <summary>
/// The values of a column of one chunk, or of a part of a nested column, where the engine keeps them. It is good as long
/// as its chunk: later use is refused, but a span that was taken from it must not be kept longer either, since what it
/// looks at is then gone.
/// </summary>
public readonly unsafe ref struct DuckDBVector
{
    private readonly QueryResult _result;
    private readonly int _generation;
    private readonly ColumnVector _column;

    internal DuckDBVector(QueryResult result, int generation, ColumnVector column, long length)
    {
        _result = result;
        _generation = generation;
        _column = column;
        Length = checked((int)length);
    }

    /// <summary>The type of the values.</summary>
    public DuckDBLogicalType Type => _column.Type;

    /// <summary>How many values there are.</summary>
    public int Length { get; }

    /// <summary>False when no value is NULL, so that nobody needs to ask row by row.</summary>
    public bool HasNullMask => Column.Validity is not null;

    /// <summary>
    /// A bit for each value, lowest first, 64 to an element: 0 where it is NULL, and then the value itself means nothing.
    /// Empty when no value is NULL.
    /// </summary>
    public ReadOnlySpan<ulong> NullMask => HasNullMask ? new ReadOnlySpan<ulong>(_column.Validity, (Length + 63) / 64) : [];

    /// <summary>
    /// The parts of a nested column: of a LIST or ARRAY the elements of all rows one after the other, of a MAP the keys and
    /// the values, of a STRUCT the fields, of a UNION the members.
    /// </summary>
    public int ChildCount => _column.Children.Length;

    /// <summary>The values as they lie in memory.</summary>
    /// <typeparam name="T">
    /// The CLR type of the same layout: <c>int</c> for INTEGER and DATE, <c>long</c> for BIGINT, TIME and the timestamps, the
    /// integer of its width for DECIMAL and ENUM, <see cref="DuckDBDateOnly"/>, <see cref="DuckDBTimestamp"/>, <see cref="DuckDBInterval"/>,
    /// <see cref="DuckDBString"/> for VARCHAR and BLOB, …
    /// </typeparam>
    /// <exception cref="InvalidCastException">The column's values lie in memory otherwise.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        if (typeof(T) != typeof(DuckDBString) || !MemoryLayout.IsString(Column.Type.Storage))
        {
            MemoryLayout.Require<T>(Column.Type, _column.Path);
        }

        return new ReadOnlySpan<T>(_column.Data, Length);
    }

    /// <summary>Whether a value is NULL.</summary>
    public bool IsNull(int row) => Column.IsNull(Checked(row));

    /// <summary>The bytes of a VARCHAR (in UTF-8), BLOB or other value of variable length, without a copy.</summary>
    public ReadOnlySpan<byte> GetBytes(int row)
    {
        if (!MemoryLayout.IsString(Column.Type.Storage))
        {
            throw ValueReader.CannotRead(_column, typeof(ReadOnlySpan<byte>));
        }

        return _column.IsNull(Checked(row)) ? [] : _column.BytesAt(row);
    }

    /// <summary>A value that is not NULL, as <see cref="DuckDBDataReader.GetFieldValue{T}"/> reads it.</summary>
    public T GetValue<T>(int row) => Column.IsNull(Checked(row))
        ? throw new InvalidCastException($"Column '{_column.Path}' is NULL in row {row}: ask IsNull first.")
        : ValueReader.Read<T>(_column, row);

    /// <summary>One of the parts of a nested column; see <see cref="ChildCount"/>.</summary>
    public DuckDBVector GetChild(int index) => new(_result, _generation, Column.Children[index], Type.Id switch
    {
        DuckDBType.List or DuckDBType.Map => _column.ElementCount,
        DuckDBType.Array => (long)Length * Type.ArrayLength,
        _ => Length,
    });

    /// <summary>Which elements of a LIST, ARRAY or MAP column's children are a row's: where they begin and how many they are.</summary>
    public (int Start, int Count) GetElements(int row)
    {
        switch (Column.Type.Id)
        {
            case DuckDBType.List or DuckDBType.Map:
                var entry = _column.At<Native.NativeListEntry>(Checked(row));
                return _column.IsNull(row) ? default : ((int)entry.Offset, (int)entry.Length);
            case DuckDBType.Array:
                return (Checked(row) * Type.ArrayLength, Type.ArrayLength);
            default:
                throw new InvalidOperationException($"Column '{_column.Path}' is {Type} and has no elements.");
        }
    }

    /// <summary>Which member of a UNION column a row has.</summary>
    public int GetUnionMember(int row) => Column.Type.Id == DuckDBType.Union
        ? _column.At<byte>(Checked(row))
        : throw new InvalidOperationException($"Column '{_column.Path}' is {Type} and no union.");

    private ColumnVector Column
    {
        get
        {
            _result.RequireGeneration(_generation);
            return _column;
        }
    }

    private int Checked(int row) => (uint)row < (uint)Length
        ? row
        : throw new ArgumentOutOfRangeException(nameof(row), row, $"There are {Length} values.");
}
