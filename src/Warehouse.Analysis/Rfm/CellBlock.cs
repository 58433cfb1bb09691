using System.Globalization;

namespace Warehouse.Analysis.Rfm;

/// <summary>A block of cells as a segment map writes it: a score or a range of scores for each of the three measures.</summary>
internal sealed record CellBlock((int Least, int Most) Recency, (int Least, int Most) Frequency, (int Least, int Most) Monetary)
{
    /// <summary>Reads « 5 4-5 3 », or « 543 » where scores have one digit; null where it is neither or out of bounds.</summary>
    public static CellBlock? Parse(string text, int bins)
    {
        var parts = text.Length == 3 && text.All(char.IsAsciiDigit) && bins < 10
            ? [.. text.Select(digit => digit.ToString())]
            : text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ranges = parts.Select(part => Range(part, bins)).OfType<(int, int)>().ToArray();
        return parts.Length == 3 && ranges.Length == 3 ? new CellBlock(ranges[0], ranges[1], ranges[2]) : null;
    }

    /// <summary>The cells of the block.</summary>
    public IEnumerable<(int Recency, int Frequency, int Monetary)> Cells() =>
        from recency in Scores(Recency)
        from frequency in Scores(Frequency)
        from monetary in Scores(Monetary)
        select (recency, frequency, monetary);

    private static IEnumerable<int> Scores((int Least, int Most) range) => Enumerable.Range(range.Least, range.Most - range.Least + 1);

    private static (int Least, int Most)? Range(string text, int bins)
    {
        var ends = text.Split('-');
        var least = Score(ends[0]);
        var most = ends.Length == 2 ? Score(ends[1]) : least;
        return ends.Length <= 2 && least >= 1 && most >= least && most <= bins ? (least, most) : null;
    }

    private static int Score(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var score) ? score : 0;
}
