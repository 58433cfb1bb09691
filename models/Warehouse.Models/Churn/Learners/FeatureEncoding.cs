using Warehouse.Definitions;
using Warehouse.Models.Churn.Features;

namespace Warehouse.Models.Churn.Learners;

/// <summary>
/// How features become the numbers that a learner sees: a number as it is, a category as one column for each text that
/// is common enough (1 for it, 0 for another, missing where it is missing).
/// </summary>
/// <param name="Columns">The columns, in their order.</param>
/// <param name="Dropped">Features that are not used, with the reason.</param>
public sealed record FeatureEncoding(IReadOnlyList<EncodedColumn> Columns, IReadOnlyList<DroppedFeature> Dropped)
{
    private const int MostLevels = 24;
    private const double LeastShare = 0.005;

    /// <summary>The encoding that suits a table: what says nothing there is dropped.</summary>
    /// <param name="table">The table.</param>
    /// <param name="excluded">Features that are not to be used.</param>
    /// <exception cref="UserFaultException">Nothing is left.</exception>
    public static FeatureEncoding Of(FeatureTable table, IReadOnlyCollection<string> excluded)
    {
        var columns = new List<EncodedColumn>();
        var dropped = new List<DroppedFeature>();
        for (var place = 0; place < table.Columns.Count; place++)
        {
            var column = table.Columns[place];
            if (excluded.Contains(column.Name))
            {
                continue;
            }

            var encoded = column.Levels is { } levels ? Categories(table, place, column.Name, levels) : Number(table, place, column.Name);
            if (encoded.Count == 0)
            {
                dropped.Add(new DroppedFeature(column.Name, IsMissing(table, place) ? "every value is missing" : "every value is the same"));
            }

            columns.AddRange(encoded);
        }

        return columns.Count > 0
            ? new FeatureEncoding(columns, dropped)
            : throw new UserFaultException(
                $"There is nothing to learn from: of {table.Columns.Count} features every one is constant or missing ({string.Join(", ", dropped.Take(5).Select(feature => $"{feature.Name}: {feature.Reason}"))}).");
    }

    /// <summary>The numbers of a table, row by row.</summary>
    /// <exception cref="UserFaultException">The table lacks a feature that the encoding needs.</exception>
    public float[] Encode(FeatureTable table)
    {
        var width = Columns.Count;
        var encoded = new float[checked(table.Rows * width)];
        var tableWidth = table.Columns.Count;
        for (var place = 0; place < width; place++)
        {
            var column = Columns[place];
            var source = Place(table, column);
            var values = table.Values;
            var level = column.Level is null ? -1 : LevelOf(table.Columns[source], column.Level);
            for (int row = 0, from = source, to = place; row < table.Rows; row++, from += tableWidth, to += width)
            {
                var value = values[from];
                encoded[to] = column.Level is null || float.IsNaN(value) ? value : value == level ? 1 : 0;
            }
        }

        return encoded;
    }

    private static int Place(FeatureTable table, EncodedColumn column)
    {
        var place = table.IndexOf(column.Feature);
        return place >= 0 && table.Columns[place].IsCategory == column.Level is not null
            ? place
            : throw new UserFaultException(
                $"The model needs the feature \"{column.Feature}\" as a {(column.Level is null ? "number" : "category")}, and the data do not have it so. {NearNames.Hint(column.Feature, table.Columns.Select(known => known.Name), "features")}");
    }

    private static int LevelOf(FeatureColumn column, string level)
    {
        for (var place = 0; place < column.Levels!.Count; place++)
        {
            if (column.Levels[place] == level)
            {
                return place;
            }
        }

        return -1;
    }

    private static bool IsMissing(FeatureTable table, int column)
    {
        for (var row = 0; row < table.Rows; row++)
        {
            if (!float.IsNaN(table[row, column]))
            {
                return false;
            }
        }

        return true;
    }

    private static List<EncodedColumn> Number(FeatureTable table, int column, string name)
    {
        var missing = 0;
        var (least, most) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var row = 0; row < table.Rows; row++)
        {
            var value = table[row, column];
            if (float.IsNaN(value))
            {
                missing++;
            }
            else
            {
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }
        }

        var saysSomething = least < most || (missing > 0 && missing < table.Rows);
        return saysSomething ? [new EncodedColumn(name, null)] : [];
    }

    private static List<EncodedColumn> Categories(FeatureTable table, int column, string name, IReadOnlyList<string> levels)
    {
        var counts = new int[levels.Count];
        for (var row = 0; row < table.Rows; row++)
        {
            var value = table[row, column];
            if (!float.IsNaN(value))
            {
                counts[(int)value]++;
            }
        }

        var least = Math.Max(1, LeastShare * table.Rows);
        return
        [
            .. Enumerable.Range(0, levels.Count)
                .Where(level => counts[level] >= least && counts[level] < table.Rows)
                .OrderByDescending(level => counts[level])
                .Take(MostLevels)
                .Order()
                .Select(level => new EncodedColumn(name, levels[level])),
        ];
    }
}

/// <summary>A column that a learner sees.</summary>
/// <param name="Feature">The feature that it is made of.</param>
/// <param name="Level">The text that it stands for; null for a number.</param>
public sealed record EncodedColumn(string Feature, string? Level)
{
    /// <summary>The name: the feature's, with its text where there is one.</summary>
    public override string ToString() => Level is null ? Feature : $"{Feature}={Level}";
}

/// <summary>A feature that is not used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why.</param>
public sealed record DroppedFeature(string Name, string Reason);
