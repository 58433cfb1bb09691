using System.Collections;
using System.Collections.Frozen;
using System.Numerics;
using Warehouse.DuckDb.Native;

namespace Warehouse.DuckDb.Types;

/// <summary>The DuckDB types that CLR values stand for: the one type that all elements of a nested value fit.</summary>
internal static unsafe class NativeTypes
{
    private static readonly FrozenDictionary<Type, DuckDBType> Scalars = new Dictionary<Type, DuckDBType>
    {
        [typeof(bool)] = DuckDBType.Boolean,
        [typeof(sbyte)] = DuckDBType.TinyInt,
        [typeof(short)] = DuckDBType.SmallInt,
        [typeof(int)] = DuckDBType.Integer,
        [typeof(long)] = DuckDBType.BigInt,
        [typeof(byte)] = DuckDBType.UnsignedTinyInt,
        [typeof(ushort)] = DuckDBType.UnsignedSmallInt,
        [typeof(uint)] = DuckDBType.UnsignedInteger,
        [typeof(ulong)] = DuckDBType.UnsignedBigInt,
        [typeof(Int128)] = DuckDBType.HugeInt,
        [typeof(UInt128)] = DuckDBType.UnsignedHugeInt,
        [typeof(float)] = DuckDBType.Float,
        [typeof(double)] = DuckDBType.Double,
        [typeof(string)] = DuckDBType.Varchar,
        [typeof(char)] = DuckDBType.Varchar,
        [typeof(byte[])] = DuckDBType.Blob,
        [typeof(ReadOnlyMemory<byte>)] = DuckDBType.Blob,
        [typeof(Memory<byte>)] = DuckDBType.Blob,
        [typeof(Guid)] = DuckDBType.Uuid,
        [typeof(DateOnly)] = DuckDBType.Date,
        [typeof(DuckDBDateOnly)] = DuckDBType.Date,
        [typeof(TimeOnly)] = DuckDBType.Time,
        [typeof(DuckDBTimeTz)] = DuckDBType.TimeTz,
        [typeof(DateTime)] = DuckDBType.Timestamp,
        [typeof(DuckDBTimestamp)] = DuckDBType.Timestamp,
        [typeof(DuckDBTimestampNs)] = DuckDBType.TimestampNs,
        [typeof(DateTimeOffset)] = DuckDBType.TimestampTz,
        [typeof(TimeSpan)] = DuckDBType.Interval,
        [typeof(DuckDBInterval)] = DuckDBType.Interval,
        [typeof(BitArray)] = DuckDBType.Bit,
    }.ToFrozenDictionary();

    /// <summary>The type that every value fits; of NULLs alone, what the declared CLR type stands for, if it alone says.</summary>
    /// <exception cref="ArgumentException">The values are of several types.</exception>
    public static LogicalTypeHandle Common(IEnumerable<object?> values, Type? declared = null)
    {
        var present = values.Where(value => value is not null and not DBNull).Select(value => value!).ToList();
        return present.FirstOrDefault() switch
        {
            null => Simple(Declared(declared)),
            decimal or DuckDBDecimal => Decimal(present),
            BigInteger => Simple(Integer(All<BigInteger>(present))),
            DuckDBTimeOnly => Simple(Time(All<DuckDBTimeOnly>(present))),
            IReadOnlyDictionary<string, object?> => Struct(All<IReadOnlyDictionary<string, object?>>(present)),
            IDictionary => Map(All<IDictionary>(present)),
            { } first when Scalars.TryGetValue(first.GetType(), out var type) => Scalar(type, present),
            IEnumerable => List(All<IEnumerable>(present)),
            { } first => throw new NotSupportedException($"No DuckDB type is meant by {first.GetType()}."),
        };
    }

    public static LogicalTypeHandle Map(IReadOnlyCollection<IDictionary> maps)
    {
        using var key = Common(maps.SelectMany(map => map.Keys.Cast<object?>()));
        using var value = Common(maps.SelectMany(map => map.Values.Cast<object?>()));
        return new LogicalTypeHandle(NativeMethods.duckdb_create_map_type(key, value));
    }

    /// <summary>The CLR type that a sequence declares for its elements; null when it declares none.</summary>
    public static Type? DeclaredElement(Type sequence) => sequence.GetInterfaces()
        .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
        .Select(face => face.GetGenericArguments()[0])
        .FirstOrDefault();

    private static LogicalTypeHandle Simple(DuckDBType type) => new(NativeMethods.duckdb_create_logical_type(type));

    private static DuckDBType Declared(Type? type) =>
        type is null ? DuckDBType.SqlNull : Scalars.GetValueOrDefault(Nullable.GetUnderlyingType(type) ?? type, DuckDBType.SqlNull);

    private static LogicalTypeHandle Scalar(DuckDBType type, List<object> values)
    {
        var stranger = values.Find(value => Scalars.GetValueOrDefault(value.GetType()) != type);
        return stranger is null ? Simple(type) : throw Mixed(values[0], stranger);
    }

    private static LogicalTypeHandle Decimal(List<object> values)
    {
        var decimals = values.ConvertAll(value => value switch
        {
            decimal x => DuckDBDecimal.FromDecimal(x),
            DuckDBDecimal x => x,
            _ => throw Mixed(values[0], value),
        });
        var scale = decimals.Max(value => value.Scale);
        var width = decimals.Max(value => value.Width() - value.Scale) + scale;
        return width <= DuckDBDecimal.MaxWidth
            ? new LogicalTypeHandle(NativeMethods.duckdb_create_decimal_type((byte)width, scale))
            : throw new OverflowException($"No DECIMAL holds all the values: together they need {width} digits, and it has {DuckDBDecimal.MaxWidth}.");
    }

    private static DuckDBType Integer(List<BigInteger> values)
    {
        if (values.TrueForAll(value => value >= Int128.MinValue && value <= Int128.MaxValue))
        {
            return DuckDBType.HugeInt;
        }

        return values.TrueForAll(value => value.Sign >= 0 && value <= UInt128.MaxValue) ? DuckDBType.UnsignedHugeInt : DuckDBType.Bignum;
    }

    private static DuckDBType Time(List<DuckDBTimeOnly> values) =>
        values.TrueForAll(value => value.Nanoseconds % 1000 == 0) ? DuckDBType.Time : DuckDBType.TimeNs;

    private static LogicalTypeHandle List(List<IEnumerable> lists)
    {
        using var element = Common(lists.SelectMany(list => list.Cast<object?>()), DeclaredElement(lists[0].GetType()));
        return new LogicalTypeHandle(NativeMethods.duckdb_create_list_type(element));
    }

    private static LogicalTypeHandle Struct(List<IReadOnlyDictionary<string, object?>> structs)
    {
        var names = structs[0].Keys.ToArray();
        if (names.Length == 0)
        {
            throw new ArgumentException("A STRUCT has at least one field; the dictionary is empty.");
        }

        var different = structs.Find(fields => fields.Count != names.Length || !names.All(fields.ContainsKey));
        if (different is not null)
        {
            throw new ArgumentException(
                $"The STRUCTs of a list have the same fields; one has {string.Join(", ", names)} and another {string.Join(", ", different.Keys)}.");
        }

        var types = Array.ConvertAll(names, name => Common(structs.Select(fields => fields[name])));
        try
        {
            return Struct(names, types);
        }
        finally
        {
            Array.ForEach(types, type => type.Dispose());
        }
    }

    private static LogicalTypeHandle Struct(string[] names, LogicalTypeHandle[] types)
    {
        using var texts = new NativeTexts(names, "A STRUCT's field name");
        fixed (nint* typePointers = Array.ConvertAll(types, type => type.DangerousGetHandle()))
        {
            return new LogicalTypeHandle(NativeMethods.duckdb_create_struct_type(typePointers, texts.Pointers, (ulong)names.Length));
        }
    }

    private static List<T> All<T>(List<object> values) =>
        values.ConvertAll(value => value is T fitting ? fitting : throw Mixed(values[0], value));

    private static ArgumentException Mixed(object first, object other) =>
        new($"The elements of a LIST or MAP are of one type; there is a {first.GetType().Name} and a {other.GetType().Name}.");
}
