using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Warehouse.DuckDb.Tests.Arrow;

/// <summary>What <c>read.mjs</c> has to print of a value, made from the chunk reader: the two share no code with the stream's writer.</summary>
internal static class ExpectedJson
{
    public static JsonNode? Of(DuckDBVector vector, int row)
    {
        if (vector.IsNull(row))
        {
            return null;
        }

        var type = vector.Type;
        switch (type.Id)
        {
            case DuckDBType.SqlNull: return null;
            case DuckDBType.Boolean: return vector.GetValue<bool>(row);
            case DuckDBType.TinyInt or DuckDBType.SmallInt or DuckDBType.Integer or DuckDBType.UnsignedTinyInt
                or DuckDBType.UnsignedSmallInt or DuckDBType.UnsignedInteger:
                return vector.GetValue<long>(row);
            case DuckDBType.BigInt or DuckDBType.UnsignedBigInt or DuckDBType.HugeInt or DuckDBType.UnsignedHugeInt or DuckDBType.Bignum:
                return vector.GetValue<BigInteger>(row).ToString(CultureInfo.InvariantCulture);
            case DuckDBType.Float: return Number(vector.GetValue<float>(row));
            case DuckDBType.Double: return Number(vector.GetValue<double>(row));
            case DuckDBType.Decimal: return vector.GetValue<DuckDBDecimal>(row).Unscaled.ToString(CultureInfo.InvariantCulture);
            case DuckDBType.Varchar or DuckDBType.Enum or DuckDBType.Bit: return vector.GetValue<string>(row);
            case DuckDBType.Uuid: return vector.GetValue<Guid>(row).ToString();
            case DuckDBType.TimeTz: return vector.GetValue<DuckDBTimeTz>(row).ToString();
            case DuckDBType.Blob or DuckDBType.Geometry: return new JsonArray([.. vector.GetBytes(row).ToArray().Select(value => (JsonNode)value)]);
            case DuckDBType.Date: return vector.GetValue<DuckDBDateOnly>(row).Days;
            case DuckDBType.Time or DuckDBType.TimeNs or DuckDBType.Timestamp or DuckDBType.TimestampS or DuckDBType.TimestampMs
                or DuckDBType.TimestampNs or DuckDBType.TimestampTz:
                return vector.AsSpan<long>()[row].ToString(CultureInfo.InvariantCulture);
            case DuckDBType.Interval: return Interval(vector.GetValue<DuckDBInterval>(row));
            case DuckDBType.List or DuckDBType.Array: return Elements(vector, row, static (child, index) => Of(child[0], index));
            case DuckDBType.Map: return Elements(vector, row, static (children, index) => new JsonArray(Of(children[0], index), Of(children[1], index)));
            case DuckDBType.Struct:
                var fields = new JsonObject();
                for (var index = 0; index < vector.ChildCount; index++)
                {
                    fields[type.Members[index].Name] = Of(vector.GetChild(index), row);
                }

                return fields;
            case DuckDBType.Union: return Of(vector.GetChild(vector.GetUnionMember(row)), row);
            default: throw new NotSupportedException(type.ToString());
        }
    }

    private static JsonArray Elements(DuckDBVector vector, int row, Func<Children, int, JsonNode?> element)
    {
        var (start, count) = vector.GetElements(row);
        var children = new Children(vector);
        var array = new JsonArray();
        for (var index = start; index < start + count; index++)
        {
            array.Add(element(children, index));
        }

        return array;
    }

    private static JsonArray Interval(DuckDBInterval interval)
    {
        var nanoseconds = interval.Microseconds * 1000;
        return [interval.Months, interval.Days, (int)nanoseconds, (int)(nanoseconds >> 32)];
    }

    /// <summary>JSON has neither infinities nor NaN, for which JavaScript writes null, nor a minus zero.</summary>
    private static JsonNode? Number(double value) =>
        !double.IsFinite(value) ? null : value == 0 && double.IsNegative(value) ? (JsonNode)"-0" : value;

    private readonly ref struct Children(DuckDBVector parent)
    {
        private readonly DuckDBVector _parent = parent;

        public DuckDBVector this[int index] => _parent.GetChild(index);
    }
}
