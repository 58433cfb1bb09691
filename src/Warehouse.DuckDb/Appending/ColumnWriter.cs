using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Warehouse.DuckDb.Native;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Appending;

/// <summary>Writes the values of one column, or of a part of a nested one, into the chunk that is being filled.</summary>
internal sealed unsafe class ColumnWriter
{
    private nint _vector;
    private ulong* _validity;
    private FrozenDictionary<string, int>? _enumNumbers;

    public ColumnWriter(DuckDBLogicalType type, string path)
    {
        Type = type;
        Path = path;
        Children = [.. type.Members.Select(member => new ColumnWriter(member.Type, member.Name.Length == 0 ? $"{path}[]" : $"{path}.{member.Name}"))];
    }

    public DuckDBLogicalType Type { get; }

    /// <summary>The column's name, and within a nested value which part, for messages.</summary>
    public string Path { get; }

    public ColumnWriter[] Children { get; }

    public byte* Data { get; private set; }

    /// <summary>An ENUM's names to their numbers in the data.</summary>
    public FrozenDictionary<string, int> EnumNumbers => _enumNumbers ??=
        Type.EnumNames.Index().ToFrozenDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<T>(long row, T value)
    {
        if (NativeLayout<T>.Type != DuckDBType.Invalid && NativeLayout<T>.Type == Type.Id)
        {
            PutPresent(row);
            Unsafe.WriteUnaligned(Data + (row * Unsafe.SizeOf<T>()), value);
        }
        else
        {
            ValueWriter.Write(this, row, value);
        }
    }

    public void Put<T>(long row, T value)
        where T : unmanaged
    {
        PutPresent(row);
        ((T*)Data)[row] = value;
    }

    /// <summary>Not NULL, whatever was written before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void PutPresent(long row)
    {
        if (_validity is not null)
        {
            _validity[row >> 6] |= 1UL << (int)(row & 63);
        }
    }

    /// <summary>Bytes that the engine copies; for a VARCHAR they are known to be UTF-8.</summary>
    public void PutBytes(long row, ReadOnlySpan<byte> bytes)
    {
        PutPresent(row);
        if (DuckDBString.TryInline((DuckDBString*)Data + row, bytes))
        {
            return;
        }

        fixed (byte* start = bytes)
        {
            NativeMethods.duckdb_unsafe_vector_assign_string_element_len(_vector, (ulong)row, start, (ulong)bytes.Length);
        }
    }

    /// <summary>NULL, and so every part of a nested value.</summary>
    public void PutNull(long row)
    {
        if (_validity is null)
        {
            NativeMethods.duckdb_vector_ensure_validity_writable(_vector);
            _validity = NativeMethods.duckdb_vector_get_validity(_vector);
        }

        _validity[row >> 6] &= ~(1UL << (int)(row & 63));
        switch (Type.Id)
        {
            case DuckDBType.Struct:
                Array.ForEach(Children, child => child.PutNull(row));
                break;
            case DuckDBType.Array:
                for (var index = row * Type.ArrayLength; index < (row + 1) * Type.ArrayLength; index++)
                {
                    Children[0].PutNull(index);
                }

                break;
            case DuckDBType.List or DuckDBType.Map:
                ((NativeListEntry*)Data)[row] = default;
                break;
        }
    }

    /// <summary>Makes room for the elements of a row's list and returns where its first one goes.</summary>
    public long PutList(long row, int count)
    {
        var first = NativeMethods.duckdb_list_vector_get_size(_vector);
        var elements = first + (ulong)count;
        _ = NativeMethods.duckdb_list_vector_reserve(_vector, elements);
        _ = NativeMethods.duckdb_list_vector_set_size(_vector, elements);
        Put(row, new NativeListEntry { Offset = first, Length = (ulong)count });
        PointToElements();
        return (long)first;
    }

    /// <summary>Points at a vector of the chunk.</summary>
    public void Attach(nint vector)
    {
        _vector = vector;
        Data = NativeMethods.duckdb_vector_get_data(vector);
        _validity = NativeMethods.duckdb_vector_get_validity(vector);
        switch (Type.Id)
        {
            case DuckDBType.List or DuckDBType.Map:
                PointToElements();
                break;
            case DuckDBType.Array:
                Children[0].Attach(NativeMethods.duckdb_array_vector_get_child(vector));
                break;
            case DuckDBType.Struct:
                PointToFields(vector);
                break;
        }
    }

    /// <summary>Elements move when room is made for more of them.</summary>
    private void PointToElements()
    {
        var elements = NativeMethods.duckdb_list_vector_get_child(_vector);
        if (Type.Id == DuckDBType.Map)
        {
            PointToFields(elements);
        }
        else
        {
            Children[0].Attach(elements);
        }
    }

    private void PointToFields(nint vector)
    {
        for (var index = 0; index < Children.Length; index++)
        {
            Children[index].Attach(NativeMethods.duckdb_struct_vector_get_child(vector, (ulong)index));
        }
    }
}
