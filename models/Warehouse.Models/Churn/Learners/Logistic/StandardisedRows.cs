namespace Warehouse.Models.Churn.Learners.Logistic;

/// <summary>Rows as the regression sees them: a 1 for the intercept first, then every term standardised.</summary>
internal sealed class StandardisedRows
{
    private StandardisedRows(int width, double[] values) => (Width, Values) = (width, values);

    /// <summary>How many values a row has, the intercept's included.</summary>
    public int Width { get; }

    /// <summary>The values, row by row.</summary>
    public double[] Values { get; }

    public int Count => Values.Length / Width;

    public ReadOnlySpan<double> this[int row] => Values.AsSpan(row * Width, Width);

    public static StandardisedRows Of(LogisticTerm[] terms, float[] rows, int rowWidth)
    {
        var width = terms.Length + 1;
        var values = new double[checked(rows.Length / rowWidth * width)];
        for (int row = 0, from = 0; from < rows.Length; row++, from += rowWidth)
        {
            var to = values.AsSpan(row * width, width);
            to[0] = 1;
            for (var term = 0; term < terms.Length; term++)
            {
                to[term + 1] = terms[term].Of(rows[from + terms[term].Column]);
            }
        }

        return new StandardisedRows(width, values);
    }

    public StandardisedRows Take(int[] rows)
    {
        var values = new double[rows.Length * Width];
        for (var row = 0; row < rows.Length; row++)
        {
            this[rows[row]].CopyTo(values.AsSpan(row * Width));
        }

        return new StandardisedRows(Width, values);
    }
}
