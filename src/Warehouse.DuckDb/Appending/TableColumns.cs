using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Appending;

/// <summary>The names of a table's columns, for messages.</summary>
internal static unsafe class TableColumns
{
    public static IReadOnlyList<string> Names(ConnectionHandle connection, byte* catalog, byte* schema, byte* table)
    {
        var state = NativeMethods.duckdb_table_description_create_ext(connection, catalog, schema, table, out var pointer);
        using var description = new TableDescriptionHandle(pointer);
        if (state != NativeState.Success)
        {
            return [];
        }

        var names = new string[NativeMethods.duckdb_table_description_get_column_count(description)];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = NativeText.Take(NativeMethods.duckdb_table_description_get_column_name(description, (ulong)index));
        }

        return names;
    }
}
