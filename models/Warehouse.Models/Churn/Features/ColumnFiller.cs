using System.Text;
using Warehouse.DuckDb;

namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Fills one column of values that lie row by row from chunks. Texts are counted in the order of their letters, not of
/// their coming, so that equal data give equal columns.
/// </summary>
internal sealed class ColumnFiller
{
    private readonly DuckDBType _type;
    private readonly string _name;
    private readonly float[] _values;
    private readonly int _column;
    private readonly int _width;
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    public ColumnFiller(DuckDBColumn column, float[] values, int place, int width)
    {
        (_name, _type) = (column.ColumnName, column.LogicalType.Id);
        (_values, _column, _width) = (values, place, width);
    }

    public void Fill(ReadOnlySpan<int> places, DuckDBVector vector)
    {
        switch (_type)
        {
            case DuckDBType.Double:
                Fill(places, vector, vector.AsSpan<double>());
                break;
            case DuckDBType.Integer:
                Fill(places, vector, vector.AsSpan<int>());
                break;
            case DuckDBType.BigInt:
                Fill(places, vector, vector.AsSpan<long>());
                break;
            case DuckDBType.TinyInt:
                Fill(places, vector, vector.AsSpan<sbyte>());
                break;
            case DuckDBType.SmallInt:
                Fill(places, vector, vector.AsSpan<short>());
                break;
            case DuckDBType.Varchar:
                FillTexts(places, vector);
                break;
            default:
                throw new InvalidOperationException($"The feature {_name} is {_type}, which is neither a number nor a text.");
        }
    }

    public FeatureColumn ToColumn()
    {
        if (_type != DuckDBType.Varchar)
        {
            return new FeatureColumn(_name);
        }

        var levels = _codes.Keys.Order(StringComparer.Ordinal).ToArray();
        var places = new float[levels.Length];
        for (var place = 0; place < levels.Length; place++)
        {
            places[_codes[levels[place]]] = place;
        }

        for (var at = _column; at < _values.Length; at += _width)
        {
            if (!float.IsNaN(_values[at]))
            {
                _values[at] = places[(int)_values[at]];
            }
        }

        return new FeatureColumn(_name, levels);
    }

    private void Fill<T>(ReadOnlySpan<int> places, DuckDBVector vector, ReadOnlySpan<T> values)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var hasNulls = vector.HasNullMask;
        for (var row = 0; row < values.Length; row++)
        {
            if (!hasNulls || !vector.IsNull(row))
            {
                _values[(places[row] * _width) + _column] = float.CreateSaturating(values[row]);
            }
        }
    }

    private void FillTexts(ReadOnlySpan<int> places, DuckDBVector vector)
    {
        for (var row = 0; row < places.Length; row++)
        {
            if (!vector.IsNull(row))
            {
                var text = Encoding.UTF8.GetString(vector.GetBytes(row));
                if (!_codes.TryGetValue(text, out var code))
                {
                    _codes.Add(text, code = _codes.Count);
                }

                _values[(places[row] * _width) + _column] = code;
            }
        }
    }
}
