using System.Text;
using Warehouse.DuckDb;

namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Fills one column of a table from chunks. Texts are counted in the order of their letters, not of their coming, so that
/// equal data give equal columns.
/// </summary>
internal sealed class ColumnFiller
{
    private readonly DuckDBType _type;
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);

    public ColumnFiller(DuckDBColumn column, int rows)
    {
        Name = column.ColumnName;
        _type = column.LogicalType.Id;
        Values = new float[rows];
        Array.Fill(Values, float.NaN);
    }

    public string Name { get; }

    public float[] Values { get; }

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
                throw new InvalidOperationException($"The feature {Name} is {_type}, which is neither a number nor a text.");
        }
    }

    public FeatureColumn ToColumn()
    {
        if (_type != DuckDBType.Varchar)
        {
            return new FeatureColumn(Name);
        }

        var levels = _codes.Keys.Order(StringComparer.Ordinal).ToArray();
        var places = new float[levels.Length];
        for (var place = 0; place < levels.Length; place++)
        {
            places[_codes[levels[place]]] = place;
        }

        for (var row = 0; row < Values.Length; row++)
        {
            if (!float.IsNaN(Values[row]))
            {
                Values[row] = places[(int)Values[row]];
            }
        }

        return new FeatureColumn(Name, levels);
    }

    private void Fill<T>(ReadOnlySpan<int> places, DuckDBVector vector, ReadOnlySpan<T> values)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var hasNulls = vector.HasNullMask;
        for (var row = 0; row < values.Length; row++)
        {
            if (!hasNulls || !vector.IsNull(row))
            {
                Values[places[row]] = float.CreateSaturating(values[row]);
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

                Values[places[row]] = code;
            }
        }
    }
}
