using System.Collections;
using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Warehouse.DuckDb.Tests.Types;

/// <summary>
/// Every type by three ways into the engine (a parameter, an appender, a literal that the engine parses itself) comes back
/// as it was, as the CLR type that it went in as.
/// </summary>
public sealed class RoundTripTests : Database
{
    private static readonly int Cases = string.Equals(Environment.GetEnvironmentVariable("WAREHOUSE_LONG_TESTS"), "1", StringComparison.Ordinal) ? 5000 : 150;

    [Fact]
    public void Boolean() => Holds(Gen.Elements(true, false), "BOOLEAN", value => value ? "true" : "false");

    [Fact]
    public void TinyInt() => Holds(Values.Longs.Select(value => (sbyte)value), "TINYINT", Invariant);

    [Fact]
    public void SmallInt() => Holds(Values.Longs.Select(value => (short)value), "SMALLINT", Invariant);

    [Fact]
    public void Integer() => Holds(Values.Longs.Select(value => (int)value), "INTEGER", Invariant);

    [Fact]
    public void BigInt() => Holds(Values.Longs, "BIGINT", Invariant);

    [Fact]
    public void UnsignedTinyInt() => Holds(Values.Longs.Select(value => (byte)value), "UTINYINT", Invariant);

    [Fact]
    public void UnsignedSmallInt() => Holds(Values.Longs.Select(value => (ushort)value), "USMALLINT", Invariant);

    [Fact]
    public void UnsignedInteger() => Holds(Values.Longs.Select(value => (uint)value), "UINTEGER", Invariant);

    [Fact]
    public void UnsignedBigInt() => Holds(Values.Longs.Select(value => (ulong)value), "UBIGINT", Invariant);

    [Fact]
    public void HugeInt() => Holds(Values.Bits.Select(bits => (Int128)bits), "HUGEINT", Invariant);

    [Fact]
    public void UnsignedHugeInt() => Holds(Values.Bits, "UHUGEINT", Invariant);

    [Fact]
    public void BigInteger_AsBignum() => Holds(Values.BigIntegers, "BIGNUM", value => $"'{Invariant(value)}'", parameterType: null);

    [Fact]
    public void BigInteger_AsHugeInt() => Holds(Values.SmallHugeInts.Select(value => (BigInteger)value), "HUGEINT", Invariant);

    [Fact]
    public void Float() => Holds(Values.Floats, "FLOAT", value => $"'{value.ToString("R", CultureInfo.InvariantCulture)}'");

    [Fact]
    public void Double() => Holds(Values.Doubles, "DOUBLE", value => $"'{value.ToString("R", CultureInfo.InvariantCulture)}'");

    [Fact]
    public void Decimal_OfEveryScale() => Check(Values.Decimals, value =>
    {
        Assert.Equal(value, FromParameter<decimal>(value, type: null));
        Assert.Equal(value, Connection.Scalar($"SELECT {value.ToString(CultureInfo.InvariantCulture)}::DECIMAL(38, {value.Scale})"));
    });

    [Fact]
    public void Decimal_OfFourDigits() => Holds(Gen.Choose(-9999, 9999).Select(value => value / 100m), "DECIMAL(4,2)", Invariant, parameterType: null);

    [Fact]
    public void Decimal_OfNineDigits() => Holds(Gen.Choose(-999_999_999, 999_999_999).Select(value => value / 1000m), "DECIMAL(9,3)", Invariant, parameterType: null);

    [Fact]
    public void Decimal_OfMoney() => Holds(Values.Longs.Select(value => value % 1_000_000_000_000_000_000 / 10_000m), "DECIMAL(18,4)", Invariant, parameterType: null);

    [Fact]
    public void Decimal_OfThirtyEightDigits() => Holds(Values.WideDecimals, "DECIMAL(38,10)", value => value.ToString(), parameterType: null);

    [Fact]
    public void Varchar() => Holds(Values.Texts, "VARCHAR", Quoted);

    [Fact]
    public void Blob() => Holds(Values.Blobs, "BLOB", value => $"'{string.Concat(value.Select(x => $"\\x{x:X2}"))}'");

    [Fact]
    public void Uuid() => Holds(Values.Guids, "UUID", value => $"'{value}'");

    [Fact]
    public void Bit() => Holds(
        Values.BitStrings, "BIT", value => $"'{BitText(value)}'", (left, right) => string.Equals(BitText(left), BitText(right), StringComparison.Ordinal));

    [Fact]
    public void Date() => Holds(Values.Dates, "DATE", value => $"'{value:yyyy-MM-dd}'");

    [Fact]
    public void Date_WithInfinitiesAndFarYears() => Holds(Values.AnyDates, "DATE", value => value.Days switch
    {
        int.MaxValue => "'infinity'",
        -int.MaxValue => "'-infinity'",
        _ => $"DATE '1970-01-01' + ({Invariant(value.Days)})",
    });

    [Fact]
    public void Time() => Holds(Values.Times, "TIME", value => $"'{value:HH:mm:ss.ffffff}'");

    [Fact]
    public void Time_ToItsEnd() => Holds(Values.AnyTimes, "TIME", value => $"'{value.ToString()[..15]}'");

    [Fact]
    public void TimeNs() => Holds(Values.NanosecondTimes, "TIME_NS", value => $"'{value}'", parameterType: null);

    [Fact]
    public void TimeTz() => Holds(Values.ZonedTimes, "TIME WITH TIME ZONE", value => $"'{value.ToString()[..15]}{value.ToString()[18..]}'");

    [Fact]
    public void Timestamp() => Holds(Values.DateTimes, "TIMESTAMP", value => $"'{value:yyyy-MM-dd HH:mm:ss.ffffff}'");

    [Fact]
    public void Timestamp_WithInfinities() => Holds(Values.Timestamps, "TIMESTAMP", value => value.IsFinite
        ? $"make_timestamp({Invariant(value.Microseconds)})"
        : $"'{value}'");

    [Fact]
    public void TimestampMs() => HoldsInTable(
        Values.DateTimes.Select(value => new DateTime(value.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond)),
        "TIMESTAMP_MS", value => $"'{value:yyyy-MM-dd HH:mm:ss.fff}'", Equals);

    [Fact]
    public void TimestampS() => HoldsInTable(
        Values.DateTimes.Select(value => new DateTime(value.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond)),
        "TIMESTAMP_S", value => $"'{value:yyyy-MM-dd HH:mm:ss}'", Equals);

    [Fact]
    public void TimestampNs() => Holds(Values.NanosecondTimestamps, "TIMESTAMP_NS", value => value.IsFinite
        ? $"make_timestamp_ns({Invariant(value.Nanoseconds)})"
        : $"'{value}'");

    [Fact]
    public void TimestampTz() => Holds(Values.Instants, "TIMESTAMP WITH TIME ZONE", value => $"'{value:yyyy-MM-dd HH:mm:ss.ffffffzzz}'");

    [Fact]
    public void Interval() => Holds(Values.Intervals, "INTERVAL", value =>
        $"to_months({value.Months}) + to_days({value.Days}) + to_microseconds({Invariant(value.Microseconds)})");

    [Fact]
    public void Interval_AsTimeSpan() => Holds(Values.Spans, "INTERVAL", value =>
        $"to_microseconds({Invariant(value.Ticks / TimeSpan.TicksPerMicrosecond)})");

    [Fact]
    public void Enum() => HoldsInTable(
        Gen.Elements("one", "", "it's", "🦆"), "ENUM('one', '', 'it''s', '🦆')", Quoted, static (left, right) => string.Equals(left, right, StringComparison.Ordinal));

    [Fact]
    public void List() => Holds(
        Values.OrNull(Values.Longs).ListOf(), "BIGINT[]",
        value => $"[{string.Join(", ", value.Select(x => x is null ? "NULL" : Invariant(x)))}]", Enumerable.SequenceEqual);

    [Fact]
    public void List_OfLists() => Holds(
        Values.Texts.Where(text => text.Length < 100).ListOf().ListOf(), "VARCHAR[][]",
        value => $"[{string.Join(", ", value.Select(list => $"[{string.Join(", ", list.Select(Quoted))}]"))}]",
        (left, right) => left.Count == right.Count && left.Zip(right).All(pair => pair.First.SequenceEqual(pair.Second)), parameterType: null);

    [Fact]
    public void Array() => HoldsInTable(
        Values.Longs.ListOf(3).Select(list => list.ToArray()), "BIGINT[3]",
        value => $"[{string.Join(", ", value.Select(Invariant))}]", Enumerable.SequenceEqual);

    [Fact]
    public void Map() => Holds(
        Gen.Zip(Values.Longs, Values.OrNull(Gen.Choose(0, 9))).ListOf().Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2)),
        "MAP(BIGINT, INTEGER)",
        value => $"MAP {{{string.Join(", ", value.Select(pair => $"{Invariant(pair.Key)}: {(pair.Value is { } x ? Invariant(x) : "NULL")}"))}}}",
        (left, right) => left.Count == right.Count && left.All(pair => right[pair.Key] == pair.Value), parameterType: null);

    [Fact]
    public void Struct() => Holds(
        Gen.Zip(Values.OrNull(Values.Longs), Values.Texts).Select(pair =>
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["n"] = pair.Item1, ["a \"t\""] = pair.Item2 }),
        "STRUCT(n BIGINT, \"a \"\"t\"\"\" VARCHAR)",
        value => $"{{'n': {(value["n"] is long x ? Invariant(x) : "NULL")}, 'a \"t\"': {Quoted((string)value["a \"t\""]!)}}}",
        (left, right) => left.Count == right.Count && left.All(pair => Equals(pair.Value, right[pair.Key])), parameterType: null);

    private static string Invariant<T>(T value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Quoted(string text) =>
        text.Contains('\0', StringComparison.Ordinal)
            ? string.Join(" || chr(0) || ", text.Split('\0').Select(part => $"'{part.Replace("'", "''", StringComparison.Ordinal)}'"))
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string BitText(BitArray bits) => string.Concat(bits.Cast<bool>().Select(bit => bit ? '1' : '0'));

    private static bool Equals<T>(T left, T right) => left is Array leftArray && right is Array rightArray
        ? leftArray.Cast<object>().SequenceEqual(rightArray.Cast<object>())
        : EqualityComparer<T>.Default.Equals(left, right);

    private static void Check<T>(Gen<T> values, Action<T> property) =>
        Prop.ForAll(Arb.From(values), property).Check(Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(20_110_610, 7));

    private void Holds<T>(Gen<T> values, string type, Func<T, string> literal, Func<T, T, bool>? equal = null, string? parameterType = "")
        where T : notnull
    {
        Check(values, value => Same(value, FromParameter<T>(value, parameterType?.Length == 0 ? type : parameterType), equal, "parameter"));
        HoldsInTable(values, type, literal, equal ?? Equals);
    }

    private void HoldsInTable<T>(Gen<T> values, string type, Func<T, string> literal, Func<T, T, bool> equal)
        where T : notnull
    {
        Connection.Execute($"CREATE TABLE t (v {type})");
        var appended = new List<T>();
        using var appender = Connection.CreateAppender("t");
        Check(values, value =>
        {
            appended.Add(value);
            appender.CreateRow().AppendValue(value).EndRow();
            Same(value, Read<T>($"SELECT ({literal(value)})::{type}"), equal, "literal");
        });
        appender.CreateRow().AppendNullValue().EndRow();
        appender.Close();
        using var command = new DuckDBCommand("SELECT v, v FROM t ORDER BY rowid", Connection);
        using var reader = command.ExecuteReader();
        foreach (var value in appended)
        {
            Assert.True(reader.Read());
            Same(value, reader.GetFieldValue<T>(0), equal, "appender");
            Assert.False(reader.IsDBNull(1));
        }

        Assert.True(reader.Read());
        Assert.True(reader.IsDBNull(0));
        Assert.False(reader.Read());
    }

    private T FromParameter<T>(object? value, string? type)
    {
        using var command = Connection.Command("SELECT $1, typeof($1)", new DuckDBParameter(value));
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        if (type is not null)
        {
            Assert.Equal(type, reader.GetString(1));
        }

        return reader.GetFieldValue<T>(0);
    }

    private T Read<T>(string sql)
    {
        using var command = new DuckDBCommand(sql, Connection);
        using var reader = command.ExecuteReader();
        Assert.True(reader.Read());
        return reader.GetFieldValue<T>(0);
    }

    private static void Same<T>(T expected, T actual, Func<T, T, bool>? equal, string way) =>
        Assert.True((equal ?? Equals)(expected, actual), $"by {way}: {Show(expected)} came back as {Show(actual)}");

    private static string Show(object? value) => value is IEnumerable items and not string
        ? $"[{string.Join(", ", items.Cast<object?>().Select(Show))}]"
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
}
