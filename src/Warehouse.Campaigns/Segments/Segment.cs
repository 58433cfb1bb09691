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

    private Segment(string name, string? description, Condition where, int? top, IReadOnlyList<DefinitionText> references, string hash) =>
        (Name, Description, Where, Top, References, Hash) = (name, description, where, top, references, hash);

    /// <summary>By which commands know it.</summary>
    public string Name { get; }

    /// <summary>What it is for, in words.</summary>
    public string? Description { get; }

    /// <summary>SHA-256 of its definition and of those of the segments that it names: equal hashes choose equally.</summary>
    public string Hash { get; private init; }

    internal Condition Where { get; }

    /// <summary>At most so many, the most valuable first; null takes all.</summary>
    internal int? Top { get; }

    private IReadOnlyList<DefinitionText> References { get; }

    /// <summary>The segments of a workspace by name.</summary>
    /// <exception cref="DefinitionException">Definitions are at fault; all faults of all files are listed.</exception>
    public static IReadOnlyList<Segment> ReadAll(Workspace workspace)
    {
        var files = new List<(DefinitionFile File, string DefaultName)>();
        var faults = new List<DefinitionFault>();
        foreach (var path in workspace.DefinitionsIn(Folder))
        {
            Gather(faults, () => files.Add((DefinitionFile.Load(path, workspace.NameOf(path)), Path.GetFileNameWithoutExtension(path))));
        }

        return Read(files, faults);
    }

    /// <summary>The segment of a name.</summary>
    /// <exception cref="WrongCommandException">There is none.</exception>
    public static Segment Find(IReadOnlyList<Segment> segments, string name) =>
        segments.FirstOrDefault(segment => segment.Name == name)
        ?? throw new WrongCommandException(
            $"There is no segment \"{name}\". {NearNames.Hint(name, segments.Select(segment => segment.Name), "segments")}");

    internal static IReadOnlyList<Segment> Read(IReadOnlyList<(DefinitionFile File, string DefaultName)> files, List<DefinitionFault> faults)
    {
        var names = files.Select(file => file.File.Root.Text("segment") ?? file.DefaultName).ToArray();
        var segments = new List<Segment>();
        foreach (var (file, name) in files.Select((file, place) => (file.File, names[place])))
        {
            Gather(faults, () => segments.Add(Read(file, name, names)));
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

    private static Segment Read(DefinitionFile file, string name, IReadOnlyCollection<string> names)
    {
        var root = file.Root;
        var reader = new ConditionReader(names);
        var where = reader.Read(root.RequiredMap("where"));
        var segment = new Segment(name, root.Text("description"), where, root.Whole("top", 1), reader.References, file.Hash);
        file.ThrowIfFaulty();
        return segment;
    }

    /// <summary>A segment that leads back to itself is nobody's definition.</summary>
    private static IEnumerable<DefinitionFault> Circle(Segment start, List<Segment> segments) =>
        start.References
            .Where(reference => Reaches(reference.Text, start.Name, segments, []))
            .Select(reference => new DefinitionFault(
                reference.File, reference.Line, reference.Column, $"\"{start.Name}\" names \"{reference}\", which leads back to \"{start.Name}\"."));

    private static bool Reaches(string from, string to, List<Segment> segments, HashSet<string> seen) =>
        from == to || (seen.Add(from) && segments.First(segment => segment.Name == from).References.Any(next => Reaches(next.Text, to, segments, seen)));

    private static string WholeHash(Segment segment, List<Segment> segments) => segment.References.Count == 0
        ? segment.Hash
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', segment.References.Select(reference => WholeHash(Find(segments, reference.Text), segments)).Prepend(segment.Hash)))));

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
