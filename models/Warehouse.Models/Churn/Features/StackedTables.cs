namespace Warehouse.Models.Churn.Features;

/// <summary>Tables with the same columns one below the other; a category's texts are those of all of them.</summary>
internal static class StackedTables
{
    public static FeatureTable Of(IReadOnlyList<FeatureTable> parts)
    {
        var width = parts[0].Columns.Count;
        var columns = Enumerable.Range(0, width).Select(column => Column(parts, column)).ToArray();
        var rows = parts.Sum(part => part.Rows);
        var values = new float[checked(rows * width)];
        var at = 0;
        foreach (var part in parts)
        {
            part.Values.CopyTo(values, at);
            for (var column = 0; column < width; column++)
            {
                if (columns[column].Levels is { } levels)
                {
                    Recode(values.AsSpan(at, part.Values.Length), column, width, part.Columns[column].Levels!, levels);
                }
            }

            at += part.Values.Length;
        }

        return new FeatureTable(columns, rows, values);
    }

    private static FeatureColumn Column(IReadOnlyList<FeatureTable> parts, int column)
    {
        var first = parts[0].Columns[column];
        return first.IsCategory
            ? first with { Levels = [.. parts.SelectMany(part => part.Columns[column].Levels!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] }
            : first;
    }

    private static void Recode(Span<float> values, int column, int width, IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        var places = to.Select((level, place) => (level, place)).ToDictionary(pair => pair.level, pair => (float)pair.place, StringComparer.Ordinal);
        var map = from.Select(level => places[level]).ToArray();
        for (var at = column; at < values.Length; at += width)
        {
            if (!float.IsNaN(values[at]))
            {
                values[at] = map[(int)values[at]];
            }
        }
    }
}
