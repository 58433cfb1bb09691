using System.Globalization;
using System.Text;
using Warehouse.DuckDb.Types;

namespace Warehouse.DuckDb.Arrow;

/// <summary>How a DuckDB type is said in Arrow: a description for the schema, a column for the batches.</summary>
/// <param name="Name">The column's name, or its part's.</param>
/// <param name="TypeId">The number of Arrow's type in its schema.</param>
/// <param name="WriteType">Writes the type's own table.</param>
/// <param name="Column">Takes the values.</param>
/// <param name="Children">Of nested types.</param>
internal sealed record ArrowField(string Name, byte TypeId, Func<FlatBuffer, int> WriteType, ArrowColumn Column, params ArrowField[] Children)
{
    private const short Microseconds = 2;
    private const short Nanoseconds = 3;

    public bool IsNullable { get; init; } = true;

    /// <summary>The names of an ENUM, which Arrow sends ahead once; null for other types.</summary>
    public ArrowDictionary? Dictionary { get; init; }

    /// <exception cref="NotSupportedException">The type has no place in Arrow.</exception>
    public static ArrowField Of(string name, DuckDBLogicalType type, string path, List<ArrowDictionary> dictionaries)
    {
        ArrowField Child(int index, string suffix) => Of(type.Members[index].Name, type.Members[index].Type, path + suffix, dictionaries);
        switch (type.Id)
        {
            case DuckDBType.SqlNull: return new(name, ArrowType.Null, ArrowType.Empty, new NullColumn());
            case DuckDBType.Boolean: return new(name, ArrowType.Bool, ArrowType.Empty, new BooleanColumn());
            case DuckDBType.TinyInt: return Int(name, bits: 8, signed: true);
            case DuckDBType.SmallInt: return Int(name, bits: 16, signed: true);
            case DuckDBType.Integer: return Int(name, bits: 32, signed: true);
            case DuckDBType.BigInt: return Int(name, bits: 64, signed: true);
            case DuckDBType.UnsignedTinyInt: return Int(name, bits: 8, signed: false);
            case DuckDBType.UnsignedSmallInt: return Int(name, bits: 16, signed: false);
            case DuckDBType.UnsignedInteger: return Int(name, bits: 32, signed: false);
            case DuckDBType.UnsignedBigInt: return Int(name, bits: 64, signed: false);
            case DuckDBType.HugeInt: return new(name, ArrowType.Decimal, ArrowType.DecimalOf(38, 0, 128), new CopiedColumn(16));
            case DuckDBType.UnsignedHugeInt: return new(name, ArrowType.Decimal, ArrowType.DecimalOf(39, 0, 256), new ConvertedColumn<Unsigned256>(Unsigned256.Of));
            case DuckDBType.Float: return new(name, ArrowType.FloatingPoint, ArrowType.FloatOf(1), new CopiedColumn(4));
            case DuckDBType.Double: return new(name, ArrowType.FloatingPoint, ArrowType.FloatOf(2), new CopiedColumn(8));
            case DuckDBType.Decimal:
                return new(name, ArrowType.Decimal, ArrowType.DecimalOf(type.Width, type.Scale, 128), type.Storage == DuckDBType.HugeInt
                    ? new CopiedColumn(16)
                    : new ConvertedColumn<Int128>(static (column, row) => NumberReader.ExactDecimal(column, row).Unscaled));
            case DuckDBType.Varchar: return new(name, ArrowType.Utf8, ArrowType.Empty, new BytesColumn());
            case DuckDBType.Blob or DuckDBType.Geometry: return new(name, ArrowType.Binary, ArrowType.Empty, new BytesColumn());
            case DuckDBType.Uuid: return Text(name, static (column, row) => TextReaders.Guid(column, row).ToString());
            case DuckDBType.Bit: return Text(name, static (column, row) => TextReaders.String(column, row));
            case DuckDBType.Bignum: return Text(name, static (column, row) => NumberReader.BigInteger(column, row).ToString(CultureInfo.InvariantCulture));
            case DuckDBType.TimeTz: return Text(name, static (column, row) => TimeReader.TimeTz(column, row).ToString());
            case DuckDBType.Date: return new(name, ArrowType.Date, ArrowType.DayOf, new CopiedColumn(4));
            case DuckDBType.Time: return new(name, ArrowType.Time, ArrowType.TimeOf(Microseconds), new CopiedColumn(8));
            case DuckDBType.TimeNs: return new(name, ArrowType.Time, ArrowType.TimeOf(Nanoseconds), new CopiedColumn(8));
            case DuckDBType.TimestampS: return new(name, ArrowType.Timestamp, ArrowType.TimestampOf(0, zone: null), new CopiedColumn(8));
            case DuckDBType.TimestampMs: return new(name, ArrowType.Timestamp, ArrowType.TimestampOf(1, zone: null), new CopiedColumn(8));
            case DuckDBType.Timestamp: return new(name, ArrowType.Timestamp, ArrowType.TimestampOf(Microseconds, zone: null), new CopiedColumn(8));
            case DuckDBType.TimestampNs: return new(name, ArrowType.Timestamp, ArrowType.TimestampOf(Nanoseconds, zone: null), new CopiedColumn(8));
            case DuckDBType.TimestampTz: return new(name, ArrowType.Timestamp, ArrowType.TimestampOf(Microseconds, zone: "UTC"), new CopiedColumn(8));
            case DuckDBType.Interval: return new(name, ArrowType.Interval, ArrowType.MonthDayNanoOf, new ConvertedColumn<MonthDayNano>(MonthDayNano.Of));
            case DuckDBType.Enum:
                var dictionary = new ArrowDictionary(dictionaries.Count, type);
                dictionaries.Add(dictionary);
                return new(name, ArrowType.Utf8, ArrowType.Empty, new CopiedColumn(dictionary.IndexBits / 8)) { Dictionary = dictionary };
            case DuckDBType.List:
                var element = Child(0, "[]") with { Name = "item" };
                return new(name, ArrowType.List, ArrowType.Empty, new ListColumn(element.Column), element);
            case DuckDBType.Array:
                var item = Child(0, "[]") with { Name = "item" };
                return new(name, ArrowType.FixedSizeList, ArrowType.FixedSizeListOf(type.ArrayLength), new ArrayColumn(item.Column), item);
            case DuckDBType.Struct:
                ArrowField[] fields = [.. type.Members.Select((member, index) => Child(index, $".{member.Name}"))];
                return new(name, ArrowType.Struct, ArrowType.Empty, new StructColumn(Columns(fields), isNullable: true), fields);
            case DuckDBType.Map:
                ArrowField[] pair = [Child(0, ".key") with { IsNullable = false }, Child(1, ".value")];
                var entries = new ArrowField("entries", ArrowType.Struct, ArrowType.Empty, new StructColumn(Columns(pair), isNullable: false), pair) { IsNullable = false };
                return new(name, ArrowType.Map, ArrowType.MapOf, new ListColumn(entries.Column), entries);
            case DuckDBType.Union:
                ArrowField[] members = [.. type.Members.Select((member, index) => Child(index, $".{member.Name}"))];
                return new(name, ArrowType.Union, ArrowType.SparseUnionOf(members.Length), new UnionColumn(Columns(members)), members);
            default:
                throw new NotSupportedException($"Column '{path}' is {type}, which is not written as Arrow: cast it in SQL, for instance to VARCHAR.");
        }
    }

    /// <summary>Writes the field, its children before it.</summary>
    public int Write(FlatBuffer buffer)
    {
        var children = buffer.References(Array.ConvertAll(Children, child => child.Write(buffer)));
        var dictionary = Dictionary?.WriteEncoding(buffer);
        var type = WriteType(buffer);
        var name = buffer.Text(Name);
        return buffer.Table(
            FlatField.To(name), FlatField.Bool(IsNullable), FlatField.Byte(TypeId), FlatField.To(type),
            dictionary is { } encoding ? FlatField.To(encoding) : null, FlatField.To(children));
    }

    private static ArrowColumn[] Columns(ArrowField[] fields) => Array.ConvertAll(fields, field => field.Column);

    private static ArrowField Int(string name, int bits, bool signed) =>
        new(name, ArrowType.Int, ArrowType.IntOf(bits, signed), new CopiedColumn(bits / 8));

    private static ArrowField Text(string name, Func<ColumnVector, long, string> format) =>
        new(name, ArrowType.Utf8, ArrowType.Empty, new BytesColumn((column, row) => Encoding.UTF8.GetBytes(format(column, row))));
}
