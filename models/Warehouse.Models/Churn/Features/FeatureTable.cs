namespace Warehouse.Models.Churn.Features;

/// <summary>
/// Customers (or other things that may leave) in rows and what is known of them in columns. Values lie row by row; NaN is
/// a value that is missing; a category's value is the place of its text in <see cref="FeatureColumn.Levels"/>.
/// </summary>
public sealed class FeatureTable
{
    /// <summary>Makes a table of values that are already there.</summary>
    /// <exception cref="ArgumentException">There are not as many values as rows times columns.</exception>
    public FeatureTable(IReadOnlyList<FeatureColumn> columns, int rows, float[] values)
    {
        if (values.LongLength != (long)rows * columns.Count)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{rows} rows of {columns.Count} columns have {(long)rows * columns.Count} values, not {values.Length}."));
        }

        (Columns, Rows, Values) = (columns, rows, values);
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; }

    /// <summary>The values, row by row.</summary>
    public float[] Values { get; }

    /// <summary>The value of a row in a column.</summary>
    public float this[int row, int column] => Values[((long)row * Columns.Count) + column];

    /// <summary>The place of a column, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var place = 0; place < Columns.Count; place++)
        {
            if (Columns[place].Name == name)
            {
                return place;
            }
        }

        return -1;
    }

    /// <summary>A column's values, copied.</summary>
    public float[] Column(int column)
    {
        var values = new float[Rows];
        for (var row = 0; row < Rows; row++)
        {
            values[row] = this[row, column];
        }

        return values;
    }

    /// <summary>The rows of these places, in their order.</summary>
    public FeatureTable Take(ReadOnlySpan<int> rows)
    {
        var width = Columns.Count;
        var values = new float[rows.Length * width];
        for (var row = 0; row < rows.Length; row++)
        {
            Values.AsSpan(rows[row] * width, width).CopyTo(values.AsSpan(row * width));
        }

        return new FeatureTable(Columns, rows.Length, values);
    }
}
