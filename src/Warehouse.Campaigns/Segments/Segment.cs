using System.Security.Cryptography;
using System.Text;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>Which customers a campaign is for.</summary>
public sealed record Segment
{
    /// <summary>The folder of a workspace that holds its segments.</summary>
    public const string Folder = "segments";

    private Segment(
        string name, string file, string? description, Condition where, int? top, SegmentCubes cubes, IReadOnlyList<DefinitionText> references, string hash) =>
        (Name, File, Description, Where, Top, Cubes, References, Hash) = (name, file, description, where, top, cubes, references, hash);

    /// <summary>By which commands know it.</summary>
    public string Name { get; }

    /// <summary>The file that defines it, relative to the workspace.</summary>
    public string File { get; }

    /// <summary>What it is for, in words.</summary>
    public string? Description { get; }

    /// <summary>SHA-256 of its definition, of its parameters' values, and of the segments and cubes that it names: equal hashes choose equally.</summary>
    public string Hash { get; private init; }

    internal Condition Where { get; }

    /// <summary>At most so many, the most valuable first; null takes all.</summary>
    internal int? Top { get; }

    internal SegmentCubes Cubes { get; }

    private IReadOnlyList<DefinitionText> References { get; }

    /// <summary>The segments of a workspace by name.</summary>
    /// <exception cref="DefinitionException">Definitions are at fault; all faults of all files are listed.</exception>
    public static IReadOnlyList<Segment> ReadAll(Workspace workspace) => ReadAll(workspace, "", new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>The segments of a workspace by name, one of them with values for its parameters.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="name">The segment that the values are for.</param>
    /// <param name="given">Values in place of what the segment's <c>parameters</c> say.</param>
    /// <exception cref="DefinitionException">Definitions are at fault; all faults of all files are listed.</exception>
    /// <exception cref="WrongCommandException">The segment has no such parameter.</exception>
    public static IReadOnlyList<Segment> ReadAll(Workspace workspace, string name, IReadOnlyDictionary<string, string> given)
    {
        var (files, faults) = Load(workspace);
        return Read(files, faults, SegmentCubes.Of(workspace), name, given);
    }

    /// <summary>A segment as somebody writes it, which is not saved, among those of the workspace; one of its name there gives way to it.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="path">The file that was written.</param>
    /// <param name="name">What it is called; null takes the name that the file says.</param>
    /// <param name="given">Values for its parameters.</param>
    /// <exception cref="DefinitionException">Definitions are at fault; all faults of all files are listed.</exception>
    /// <exception cref="WrongCommandException">It has no such parameter, or the file says another name.</exception>
    public static (IReadOnlyList<Segment> Segments, Segment Draft) ReadDraft(
        Workspace workspace, string path, string? name, IReadOnlyDictionary<string, string> given)
    {
        var draft = DefinitionFile.Load(path, Path.GetFileName(path));
        var said = draft.Root.Text("segment");
        if (name is not null && said is not null && said != name)
        {
            throw new WrongCommandException($"The file calls the segment \"{said}\", not \"{name}\".");
        }

        var own = name ?? said ?? Path.GetFileNameWithoutExtension(path);
        var (files, faults) = Load(workspace);
        files.RemoveAll(file => NameOf(file) == own);
        var segments = Read([.. files, (draft, own)], faults, SegmentCubes.Of(workspace), own, given);
        return (segments, Find(segments, own));
    }

    /// <summary>The file that defines a segment now, relative to the workspace; null where none does.</summary>
    /// <exception cref="DefinitionException">A file is no YAML.</exception>
    public static string? FileOf(Workspace workspace, string name)
    {
        var (files, faults) = Load(workspace);
        return faults.Count == 0 ? files.Where(file => NameOf(file) == name).Select(file => file.File.Name).FirstOrDefault() : throw new DefinitionException(faults);
    }

    /// <summary>The segment of a name.</summary>
    /// <exception cref="WrongCommandException">There is none.</exception>
    public static Segment Find(IReadOnlyList<Segment> segments, string name) =>
        segments.FirstOrDefault(segment => segment.Name == name)
        ?? throw new WrongCommandException(
            $"There is no segment \"{name}\". {NearNames.Hint(name, segments.Select(segment => segment.Name), "segments")}");

    internal static IReadOnlyList<Segment> Read(
        IReadOnlyList<(DefinitionFile File, string DefaultName)> files,
        List<DefinitionFault> faults,
        SegmentCubes cubes,
        string of = "",
        IReadOnlyDictionary<string, string>? given = null)
    {
        var names = files.Select(NameOf).ToArray();
        var segments = new List<Segment>();
        foreach (var (file, name) in files.Select((file, place) => (file.File, names[place])))
        {
            Gather(faults, () => segments.Add(Read(file, name, names, cubes, name == of ? given : null)));
        }

        if (faults.Count == 0)
        {
            segments = [.. segments.OrderBy(segment => segment.Name, StringComparer.Ordinal)];
            faults.AddRange(segments.SelectMany((segment, place) => place > 0 && segments[place - 1].Name == segment.Name
                ? [new DefinitionFault(Folder, 1, 1, $"Two segments have the name \"{segment.Name}\".")]
                : Circle(segment, segments)));
        }

        return faults.Count == 0
            ? [.. segments.Select(segment => segment with { Hash = WholeHash(segment, segments) })]
            : throw new DefinitionException(faults);
    }

    /// <summary>What it asks of cubes, by itself and by the segments that it names.</summary>
    internal IEnumerable<Measured> Measures(IReadOnlyList<Segment> segments) =>
        Tests(segments).OfType<Measured>().Distinct();

    /// <summary>Every test of it, and of the segments that it names.</summary>
    internal IEnumerable<Test> Tests(IReadOnlyList<Segment> segments) => Where.Tests().SelectMany(test => test is InSegment other
        ? Find(segments, other.Name).Tests(segments)
        : [test]);

    private static (List<(DefinitionFile File, string DefaultName)> Files, List<DefinitionFault> Faults) Load(Workspace workspace)
    {
        var files = new List<(DefinitionFile File, string DefaultName)>();
        var faults = new List<DefinitionFault>();
        foreach (var path in workspace.DefinitionsIn(Folder))
        {
            Gather(faults, () => files.Add((DefinitionFile.Load(path, workspace.NameOf(path)), Path.GetFileNameWithoutExtension(path))));
        }

        return (files, faults);
    }

    private static string NameOf((DefinitionFile File, string DefaultName) file) => file.File.Root.Text("segment") ?? file.DefaultName;

    private static Segment Read(
        DefinitionFile file, string name, IReadOnlyCollection<string> names, SegmentCubes cubes, IReadOnlyDictionary<string, string>? given)
    {
        var root = file.Root;
        var values = Parameters(file, name, given);
        var reader = new ConditionReader(names, cubes);
        var where = reader.Read(root.RequiredMap("where"));
        var (description, top) = (root.Text("description"), root.Whole("top", 1));
        file.ThrowIfFaulty();
        return new Segment(
            name, file.Name, description, where, top, cubes, reader.References,
            HashOf([file.Hash, .. values.Select(value => $"{value.Key}={value.Value}"), .. where.Tests().OfType<Measured>().Take(1).Select(_ => cubes.Hash)]));
    }

    /// <summary>Puts the values of parameters where they are named, and gives those that were given.</summary>
    private static IReadOnlyDictionary<string, string> Parameters(DefinitionFile file, string segment, IReadOnlyDictionary<string, string>? given)
    {
        var values = (file.Root.Map("parameters")?.NamedTexts() ?? []).ToDictionary(named => named.Name.Text, named => named.Value.Text, StringComparer.Ordinal);
        foreach (var (name, value) in given ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (!values.ContainsKey(name))
            {
                throw new WrongCommandException($"The segment \"{segment}\" has no parameter \"{name}\". {NearNames.Hint(name, values.Keys, "parameters")}");
            }

            values[name] = value;
        }

        file.Fill(values);
        return given is null ? new Dictionary<string, string>(StringComparer.Ordinal) : new SortedDictionary<string, string>(given.ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>A segment that leads back to itself is nobody's definition.</summary>
    private static IEnumerable<DefinitionFault> Circle(Segment start, List<Segment> segments) =>
        start.References
            .Where(reference => Reaches(reference.Text, start.Name, segments, []))
            .Select(reference => new DefinitionFault(
                reference.File, reference.Line, reference.Column, $"\"{start.Name}\" names \"{reference}\", which leads back to \"{start.Name}\"."));

    private static bool Reaches(string from, string to, List<Segment> segments, HashSet<string> seen) =>
        from == to || (seen.Add(from) && segments.First(segment => segment.Name == from).References.Any(next => Reaches(next.Text, to, segments, seen)));

    private static string WholeHash(Segment segment, List<Segment> segments) => HashOf(
        [segment.Hash, .. segment.References.Select(reference => WholeHash(Find(segments, reference.Text), segments))]);

    private static string HashOf(IReadOnlyList<string> parts) => parts is [var only]
        ? only
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));

    private static void Gather(List<DefinitionFault> faults, Action read)
    {
        try
        {
            read();
        }
        catch (DefinitionException faulty)
        {
            faults.AddRange(faulty.Faults);
        }
    }
}
