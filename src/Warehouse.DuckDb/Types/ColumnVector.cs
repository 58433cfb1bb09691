using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Types;

/// <summary>Where one column of the current chunk lies in memory, with its parts when the type is nested.</summary>
internal sealed unsafe class ColumnVector
{
    private ulong* _validity;

    public ColumnVector(DuckDBLogicalType type, string path)
    {
        Type = type;
        Path = path;
        Children = [.. type.Members.Select((member, index) => new ColumnVector(member.Type, PartPath(type, path, member, index)))];
    }

    public DuckDBLogicalType Type { get; }

    /// <summary>The column's name, and within a nested value which part, for messages.</summary>
    public string Path { get; }

    /// <summary>As in the type's members; a MAP's key and value lie in one list of pairs.</summary>
    public ColumnVector[] Children { get; }

    public byte* Data { get; private set; }

    public ulong* Validity => _validity;

    /// <summary>How many elements the lists of a LIST or MAP column have together in this chunk.</summary>
    public long ElementCount { get; private set; }

    public bool IsNull(long row) => _validity is not null && (_validity[row >> 6] & (1UL << (int)(row & 63))) == 0;

    public ref readonly T At<T>(long row)
        where T : unmanaged => ref ((T*)Data)[row];

    public ReadOnlySpan<byte> BytesAt(long row) => ((DuckDBString*)Data)[row].Bytes;

    /// <summary>Points at a vector of another chunk.</summary>
    public void Attach(nint vector)
    {
        Data = NativeMethods.duckdb_vector_get_data(vector);
        _validity = NativeMethods.duckdb_vector_get_validity(vector);
        switch (Type.Id)
        {
            case DuckDBType.List:
                ElementCount = (long)NativeMethods.duckdb_list_vector_get_size(vector);
                Children[0].Attach(NativeMethods.duckdb_list_vector_get_child(vector));
                break;
            case DuckDBType.Array:
                Children[0].Attach(NativeMethods.duckdb_array_vector_get_child(vector));
                break;
            case DuckDBType.Map:
                ElementCount = (long)NativeMethods.duckdb_list_vector_get_size(vector);
                AttachFields(NativeMethods.duckdb_list_vector_get_child(vector), first: 0);
                break;
            case DuckDBType.Struct:
                AttachFields(vector, first: 0);
                break;
            case DuckDBType.Union:
                // The tag, which says the member that a row has, comes before the members.
                Data = NativeMethods.duckdb_vector_get_data(NativeMethods.duckdb_struct_vector_get_child(vector, 0));
                AttachFields(vector, first: 1);
                break;
        }
    }

    private void AttachFields(nint vector, int first)
    {
        for (var index = 0; index < Children.Length; index++)
        {
            Children[index].Attach(NativeMethods.duckdb_struct_vector_get_child(vector, (ulong)(first + index)));
        }
    }

    private static string PartPath(DuckDBLogicalType type, string path, DuckDBTypeMember member, int index) => type.Id switch
    {
        DuckDBType.Struct or DuckDBType.Union => $"{path}.{member.Name}",
        DuckDBType.Map => index == 0 ? $"{path}.key" : $"{path}.value",
        _ => $"{path}[]",
    };
}
