using Warehouse.Definitions;

namespace Warehouse.Analysis.Rfm;

/// <summary>Names every cell of the three scores; proved total when it is read: each cell belongs to exactly one segment.</summary>
public sealed class SegmentMap
{
    private static readonly Lazy<SegmentMap> TheCustomary = new(ReadCustomary);

    private readonly string[] _names;

    private SegmentMap(string name, string hash, int bins, IReadOnlyList<Segment> segments, string[] names) =>
        (Name, Hash, Bins, Segments, _names) = (name, hash, bins, segments, names);

    /// <summary>The customary eleven names over five scores, Champions to Lost.</summary>
    public static SegmentMap Customary => TheCustomary.Value;

    /// <summary>The file as the user would name it.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>How many scores each measure has.</summary>
    public int Bins { get; }

    /// <summary>The segments in the order of the file.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>The segment of every cell, in the order of its scores of recency, then frequency, then monetary value.</summary>
    internal string[] Names => _names;

    /// <summary>Reads a map: <c>bins</c>, and <c>segments</c> by name, each with its <c>cells</c> and, if wanted, its <c>meaning</c>.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="name">How faults name it; the path by default.</param>
    /// <exception cref="UserFaultException">The file cannot be read.</exception>
    /// <exception cref="DefinitionException">It is at fault; a gap or an overlap lists the cells.</exception>
    public static SegmentMap Load(string path, string? name = null) => Read(DefinitionFile.Load(path, name));

    /// <summary>Reads a map from a text.</summary>
    /// <exception cref="DefinitionException">It is at fault; a gap or an overlap lists the cells.</exception>
    public static SegmentMap Parse(string text, string name) => Read(DefinitionFile.Parse(text, name));

    /// <summary>The segment of a cell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A score is below 1 or above <see cref="Bins"/>.</exception>
    public string Of(int recency, int frequency, int monetary) => _names[Place(Bins, recency, frequency, monetary)];

    private static SegmentMap Read(DefinitionFile file)
    {
        var bins = file.Root.Whole("bins", RfmOptions.FewestBins, RfmOptions.MostBins) ?? 5;
        var names = new string?[bins * bins * bins];
        var segments = new List<Segment>();
        foreach (var (name, part) in file.Root.Named("segments"))
        {
            segments.Add(new Segment(name.Text, part.Text("meaning")));
            foreach (var text in part.Texts("cells"))
            {
                Claim(text, name.Text, bins, names);
            }
        }

        var gaps = Cells(bins).Where(cell => names[Place(bins, cell.R, cell.F, cell.M)] is null).ToList();
        if (gaps.Count > 0)
        {
            file.Root.Fault("segments", FormattableString.Invariant(
                $"{gaps.Count} of the {names.Length} cells belong to no segment: {Listed(gaps)}."));
        }

        file.ThrowIfFaulty();
        return new SegmentMap(file.Name, file.Hash, bins, segments, [.. names.OfType<string>()]);
    }

    private static void Claim(DefinitionText text, string segment, int bins, string?[] names)
    {
        if (CellBlock.Parse(text.Text, bins) is not { } block)
        {
            text.Fault(FormattableString.Invariant(
                $"\"{text}\" is no block of cells. Write the scores of recency, frequency and monetary value, each a number from 1 to {bins} or a range: \"{bins} 1-{bins} 2\"."));
            return;
        }

        var taken = new List<(int, int, int)>();
        foreach (var (recency, frequency, monetary) in block.Cells())
        {
            ref var name = ref names[Place(bins, recency, frequency, monetary)];
            if (name is not null)
            {
                taken.Add((recency, frequency, monetary));
            }

            name ??= segment;
        }

        foreach (var (owner, cells) in taken.GroupBy(cell => names[Place(bins, cell.Item1, cell.Item2, cell.Item3)]!)
            .Select(group => (group.Key, group.ToList())))
        {
            text.Fault($"\"{text}\" of \"{segment}\" overlaps \"{owner}\" in {Listed(cells)}.");
        }
    }

    private static SegmentMap ReadCustomary()
    {
        const string Resource = "Rfm/segments.yaml";
        using var stream = typeof(SegmentMap).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), "the customary segment map");
    }

    private static IEnumerable<(int R, int F, int M)> Cells(int bins) =>
        new CellBlock((1, bins), (1, bins), (1, bins)).Cells();

    private static int Place(int bins, int recency, int frequency, int monetary)
    {
        foreach (var score in (ReadOnlySpan<int>)[recency, frequency, monetary])
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(score, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(score, bins);
        }

        return ((((recency - 1) * bins) + frequency - 1) * bins) + monetary - 1;
    }

    private static string Listed(IEnumerable<(int R, int F, int M)> cells) =>
        string.Join(", ", cells.Select(cell => FormattableString.Invariant($"{cell.R} {cell.F} {cell.M}")));
}

/// <summary>A segment of a map.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">What it means in words; null where the map does not say.</param>
public sealed record Segment(string Name, string? Meaning);
