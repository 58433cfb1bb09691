using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Types;

/// <summary>Reads libduckdb's type descriptions into <see cref="DuckDBLogicalType"/>, once per result.</summary>
internal static unsafe class LogicalTypes
{
    /// <summary>Reads a description that the caller was given, and gives it back to libduckdb.</summary>
    public static DuckDBLogicalType Take(nint pointer)
    {
        using var handle = new LogicalTypeHandle(pointer);
        var id = NativeMethods.duckdb_get_type_id(handle);
        var aliasText = NativeMethods.duckdb_logical_type_get_alias(handle);
        var alias = aliasText is null ? null : NativeText.Take(aliasText);
        return id switch
        {
            DuckDBType.Decimal => new DuckDBLogicalType(id)
            {
                Alias = alias,
                Width = NativeMethods.duckdb_decimal_width(handle),
                Scale = NativeMethods.duckdb_decimal_scale(handle),
                Storage = NativeMethods.duckdb_decimal_internal_type(handle),
            },
            DuckDBType.Enum => new DuckDBLogicalType(id)
            {
                Alias = alias,
                EnumNames = EnumNames(handle),
                Storage = NativeMethods.duckdb_enum_internal_type(handle),
            },
            DuckDBType.List => new DuckDBLogicalType(id)
            {
                Alias = alias,
                Members = [new DuckDBTypeMember("", Take(NativeMethods.duckdb_list_type_child_type(handle)))],
                Storage = id,
            },
            DuckDBType.Array => new DuckDBLogicalType(id)
            {
                Alias = alias,
                ArrayLength = checked((int)NativeMethods.duckdb_array_type_array_size(handle)),
                Members = [new DuckDBTypeMember("", Take(NativeMethods.duckdb_array_type_child_type(handle)))],
                Storage = id,
            },
            DuckDBType.Map => new DuckDBLogicalType(id)
            {
                Alias = alias,
                Members =
                [
                    new DuckDBTypeMember("key", Take(NativeMethods.duckdb_map_type_key_type(handle))),
                    new DuckDBTypeMember("value", Take(NativeMethods.duckdb_map_type_value_type(handle))),
                ],
                Storage = id,
            },
            DuckDBType.Struct => new DuckDBLogicalType(id) { Alias = alias, Members = Fields(handle), Storage = id },
            DuckDBType.Union => new DuckDBLogicalType(id) { Alias = alias, Members = UnionMembers(handle), Storage = id },
            _ => new DuckDBLogicalType(id) { Alias = alias, Storage = id },
        };
    }

    private static string[] EnumNames(LogicalTypeHandle handle)
    {
        var names = new string[NativeMethods.duckdb_enum_dictionary_size(handle)];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = NativeText.Take(NativeMethods.duckdb_enum_dictionary_value(handle, (ulong)index));
        }

        return names;
    }

    private static DuckDBTypeMember[] Fields(LogicalTypeHandle handle)
    {
        var fields = new DuckDBTypeMember[NativeMethods.duckdb_struct_type_child_count(handle)];
        for (var index = 0; index < fields.Length; index++)
        {
            fields[index] = new DuckDBTypeMember(
                NativeText.Take(NativeMethods.duckdb_struct_type_child_name(handle, (ulong)index)),
                Take(NativeMethods.duckdb_struct_type_child_type(handle, (ulong)index)));
        }

        return fields;
    }

    private static DuckDBTypeMember[] UnionMembers(LogicalTypeHandle handle)
    {
        var members = new DuckDBTypeMember[NativeMethods.duckdb_union_type_member_count(handle)];
        for (var index = 0; index < members.Length; index++)
        {
            members[index] = new DuckDBTypeMember(
                NativeText.Take(NativeMethods.duckdb_union_type_member_name(handle, (ulong)index)),
                Take(NativeMethods.duckdb_union_type_member_type(handle, (ulong)index)));
        }

        return members;
    }
}
