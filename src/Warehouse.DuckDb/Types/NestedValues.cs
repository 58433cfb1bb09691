using System.Collections;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Types;

/// <summary>Values with parts: sequences are LISTs, dictionaries from name to object STRUCTs, other dictionaries MAPs.</summary>
internal static unsafe class NestedValues
{
    public static nint Create(object value, Func<object?, ValueHandle> create) => value switch
    {
        IReadOnlyDictionary<string, object?> fields => Struct(fields, create),
        IDictionary map => Map(map, create),
        IEnumerable elements when value is not string => List(elements, create),
        _ => throw new NotSupportedException(
            $"No DuckDB type is meant by {value.GetType()}: pass a number, text, byte[], Guid, date, time, TimeSpan, BitArray, "
            + "a sequence for a LIST, a dictionary from name to object for a STRUCT, or another dictionary for a MAP."),
    };

    private static nint List(IEnumerable elements, Func<object?, ValueHandle> create)
    {
        var items = elements.Cast<object?>().ToList();
        using var elementType = NativeTypes.Common(items, NativeTypes.DeclaredElement(elements.GetType()));
        using var values = new ValueArray(items, create);
        fixed (nint* pointers = values.Pointers)
        {
            nint none = 0;
            return NativeMethods.duckdb_create_list_value(elementType, pointers is null ? &none : pointers, (ulong)items.Count);
        }
    }

    private static nint Map(IDictionary map, Func<object?, ValueHandle> create)
    {
        var keys = map.Keys.Cast<object?>().ToList();
        var items = keys.ConvertAll(key => map[key!]);
        using var mapType = NativeTypes.Map([map]);
        using var keyValues = new ValueArray(keys, create);
        using var itemValues = new ValueArray(items, create);
        fixed (nint* keyPointers = keyValues.Pointers)
        {
            fixed (nint* itemPointers = itemValues.Pointers)
            {
                nint none = 0;
                return keys.Count == 0
                    ? NativeMethods.duckdb_create_map_value(mapType, &none, &none, 0)
                    : NativeMethods.duckdb_create_map_value(mapType, keyPointers, itemPointers, (ulong)keys.Count);
            }
        }
    }

    private static nint Struct(IReadOnlyDictionary<string, object?> fields, Func<object?, ValueHandle> create)
    {
        using var type = NativeTypes.Common([fields]);
        using var values = new ValueArray([.. fields.Values], create);
        fixed (nint* pointers = values.Pointers)
        {
            return NativeMethods.duckdb_create_struct_value(type, pointers);
        }
    }

    /// <summary>Values side by side, as the C API takes them, freed together.</summary>
    private sealed class ValueArray : IDisposable
    {
        private readonly List<ValueHandle> _handles = [];

        public ValueArray(List<object?> values, Func<object?, ValueHandle> create)
        {
            Pointers = new nint[values.Count];
            for (var index = 0; index < values.Count; index++)
            {
                var handle = create(values[index]);
                _handles.Add(handle);
                Pointers[index] = handle.DangerousGetHandle();
            }
        }

        public nint[] Pointers { get; }

        public void Dispose() => _handles.ForEach(handle => handle.Dispose());
    }
}
