using System.Collections;

namespace Warehouse.DuckDb.Appending;

/// <summary>LISTs and ARRAYs from sequences, STRUCTs and MAPs from dictionaries.</summary>
internal static class NestedWriter
{
    public static void Write(ColumnWriter column, long row, object value)
    {
        switch (column.Type.Id)
        {
            case DuckDBType.List when value is IEnumerable and not IDictionary:
                List(column, row, [.. ((IEnumerable)value).Cast<object?>()]);
                break;
            case DuckDBType.Array when value is IEnumerable and not IDictionary:
                Array(column, row, [.. ((IEnumerable)value).Cast<object?>()]);
                break;
            case DuckDBType.Map when value is IDictionary map:
                Map(column, row, map);
                break;
            case DuckDBType.Struct when value is IReadOnlyDictionary<string, object?> fields:
                Struct(column, row, fields);
                break;
            default:
                throw ValueWriter.CannotWrite(column, value.GetType());
        }
    }

    private static void List(ColumnWriter column, long row, List<object?> elements)
    {
        var first = column.PutList(row, elements.Count);
        for (var index = 0; index < elements.Count; index++)
        {
            column.Children[0].Write(first + index, elements[index]);
        }
    }

    private static void Array(ColumnWriter column, long row, List<object?> elements)
    {
        var length = column.Type.ArrayLength;
        if (elements.Count != length)
        {
            throw new OverflowException($"Column '{column.Path}' is {column.Type}: each value has {length} elements, not {elements.Count}.");
        }

        column.PutPresent(row);
        for (var index = 0; index < length; index++)
        {
            column.Children[0].Write((row * length) + index, elements[index]);
        }
    }

    private static void Map(ColumnWriter column, long row, IDictionary map)
    {
        var position = column.PutList(row, map.Count);
        foreach (DictionaryEntry entry in map)
        {
            column.Children[0].Write(position, entry.Key);
            column.Children[1].Write(position, entry.Value);
            position++;
        }
    }

    private static void Struct(ColumnWriter column, long row, IReadOnlyDictionary<string, object?> fields)
    {
        var names = column.Type.Members.Select(member => member.Name).ToList();
        var stranger = fields.Keys.FirstOrDefault(name => !names.Contains(name, StringComparer.Ordinal));
        if (stranger is not null)
        {
            throw new InvalidCastException($"Column '{column.Path}' is {column.Type}, which has no field '{stranger}'.{NearNames.Hint(stranger, names)}");
        }

        column.PutPresent(row);
        for (var index = 0; index < names.Count; index++)
        {
            column.Children[index].Write(row, fields.GetValueOrDefault(names[index]));
        }
    }
}
