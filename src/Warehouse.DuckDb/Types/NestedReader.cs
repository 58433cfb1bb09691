using System.Collections.Concurrent;
using System.Reflection;

namespace Warehouse.DuckDb.Types;

/// <summary>LISTs, ARRAYs, STRUCTs, MAPs and UNIONs as collections, and the CLR types around others: nullables and enums.</summary>
internal static class NestedReader
{
    private static readonly ConcurrentDictionary<Type, Func<ColumnVector, long, object>> DefaultReaders = new();

    public static T For<T>(ColumnVector column, long row) =>
        Shape<T>.Read is { } read ? read(column, row) : throw ValueReader.CannotRead(column, typeof(T));

    /// <summary>As the type that <see cref="ClrTypes"/> names; of a UNION, the member that the row has.</summary>
    public static object Object(ColumnVector column, long row) => column.Type.Id == DuckDBType.Union
        ? UnionMember(column, row)
        : DefaultReaders.GetOrAdd(
            ClrTypes.Of(column.Type),
            static type => Method(nameof(Boxed), type).CreateDelegate<Func<ColumnVector, long, object>>())(column, row);

    private static object Boxed<T>(ColumnVector column, long row)
        where T : notnull => For<T>(column, row);

    private static object UnionMember(ColumnVector column, long row)
    {
        var member = column.Children[column.At<byte>(row)];
        return member.IsNull(row) ? DBNull.Value : ValueReader.ReadObject(member, row);
    }

    private static T[] Array<T>(ColumnVector column, long row)
    {
        var (first, count) = ElementRange(column, row, typeof(T[]));
        var elements = new T[count];
        for (var index = 0; index < count; index++)
        {
            elements[index] = Part<T>(column.Children[0], first + index);
        }

        return elements;
    }

    private static List<T> List<T>(ColumnVector column, long row)
    {
        var (first, count) = ElementRange(column, row, typeof(List<T>));
        var elements = new List<T>(count);
        for (var index = 0; index < count; index++)
        {
            elements.Add(Part<T>(column.Children[0], first + index));
        }

        return elements;
    }

    private static Dictionary<TKey, TValue> Dictionary<TKey, TValue>(ColumnVector column, long row)
        where TKey : notnull
    {
        if (column.Type.Id == DuckDBType.Map)
        {
            var entry = column.At<Native.NativeListEntry>(row);
            var map = new Dictionary<TKey, TValue>((int)entry.Length);
            for (var index = (long)entry.Offset; index < (long)(entry.Offset + entry.Length); index++)
            {
                map.Add(Part<TKey>(column.Children[0], index), Part<TValue>(column.Children[1], index));
            }

            return map;
        }

        if (column.Type.Id != DuckDBType.Struct || typeof(TKey) != typeof(string))
        {
            throw ValueReader.CannotRead(column, typeof(Dictionary<TKey, TValue>));
        }

        var fields = new Dictionary<TKey, TValue>(column.Children.Length);
        for (var index = 0; index < column.Children.Length; index++)
        {
            fields.Add((TKey)(object)column.Type.Members[index].Name, Part<TValue>(column.Children[index], row));
        }

        return fields;
    }

    private static T? Nullable<T>(ColumnVector column, long row)
        where T : struct => ValueReader.Read<T>(column, row);

    private static T Enumeration<T>(ColumnVector column, long row)
        where T : struct, Enum
    {
        var name = TextReaders.String(column, row);
        return Enum.TryParse<T>(name, ignoreCase: true, out var value)
            ? value
            : throw new InvalidCastException(
                $"Column '{column.Path}' holds '{name}', which is not a {typeof(T).Name}.{NearNames.Hint(name, Enum.GetNames<T>())}");
    }

    /// <summary>A part of a nested value: NULL is null where the CLR type has one.</summary>
    private static T Part<T>(ColumnVector column, long row)
    {
        if (!column.IsNull(row))
        {
            return ValueReader.Read<T>(column, row);
        }

        return default(T) is null
            ? default!
            : throw new InvalidCastException($"Column '{column.Path}' has a NULL here, which {typeof(T).Name} does not: ask for {typeof(T).Name}?.");
    }

    private static (long First, int Count) ElementRange(ColumnVector column, long row, Type wanted)
    {
        switch (column.Type.Id)
        {
            case DuckDBType.List:
                var entry = column.At<Native.NativeListEntry>(row);
                return ((long)entry.Offset, checked((int)entry.Length));
            case DuckDBType.Array:
                return (row * column.Type.ArrayLength, column.Type.ArrayLength);
            default:
                throw ValueReader.CannotRead(column, wanted);
        }
    }

    private static MethodInfo Method(string name, params Type[] types) =>
        typeof(NestedReader).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(types);

    /// <summary>How a CLR type is read, found out once.</summary>
    private static class Shape<T>
    {
        public static readonly Func<ColumnVector, long, T>? Read = Find()?.CreateDelegate<Func<ColumnVector, long, T>>();

        private static MethodInfo? Find()
        {
            var type = typeof(T);
            if (type.IsEnum)
            {
                return Method(nameof(Enumeration), type);
            }

            if (type.IsSZArray)
            {
                return Method(nameof(Array), type.GetElementType()!);
            }

            if (!type.IsGenericType)
            {
                return null;
            }

            var arguments = type.GetGenericArguments();
            return type.GetGenericTypeDefinition() switch
            {
                var shape when shape == typeof(Nullable<>) => Method(nameof(Nullable), arguments),
                var shape when shape == typeof(List<>) || shape == typeof(IList<>) || shape == typeof(IReadOnlyList<>)
                    || shape == typeof(ICollection<>) || shape == typeof(IReadOnlyCollection<>) || shape == typeof(IEnumerable<>) =>
                    Method(nameof(List), arguments),
                var shape when shape == typeof(Dictionary<,>) || shape == typeof(IDictionary<,>) || shape == typeof(IReadOnlyDictionary<,>) =>
                    Method(nameof(Dictionary), arguments),
                _ => null,
            };
        }
    }
}
