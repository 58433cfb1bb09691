using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Segments;

/// <summary>Which customers a campaign is for: every condition that is given has to hold.</summary>
/// <param name="Name">By which commands know it.</param>
/// <param name="Description">What it is for, in words.</param>
/// <param name="RfmSegments">The RFM segments that members are in; none takes all.</param>
/// <param name="Countries">The countries that members live in; none takes all.</param>
/// <param name="Consent">The channel by which members allow marketing; null asks for no consent.</param>
/// <param name="Hash">SHA-256 of the definition.</param>
public sealed record Segment(
    string Name, string? Description, IReadOnlyList<string> RfmSegments, IReadOnlyList<string> Countries, string? Consent, string Hash)
{
    /// <summary>The folder of a workspace that holds its segments.</summary>
    public const string Folder = "segments";

    /// <summary>The segments of a workspace by name.</summary>
    /// <exception cref="DefinitionException">Definitions are at fault; all faults of all files are listed.</exception>
    public static IReadOnlyList<Segment> ReadAll(Workspace workspace)
    {
        var segments = new List<Segment>();
        var faults = new List<DefinitionFault>();
        foreach (var path in workspace.DefinitionsIn(Folder))
        {
            try
            {
                segments.Add(Read(DefinitionFile.Load(path, workspace.NameOf(path)), Path.GetFileNameWithoutExtension(path)));
            }
            catch (DefinitionException faulty)
            {
                faults.AddRange(faulty.Faults);
            }
        }

        return faults.Count == 0
            ? [.. segments.OrderBy(segment => segment.Name, StringComparer.Ordinal)]
            : throw new DefinitionException(faults);
    }

    /// <summary>The segment of a name.</summary>
    /// <exception cref="WrongCommandException">There is none.</exception>
    public static Segment Find(IReadOnlyList<Segment> segments, string name) =>
        segments.FirstOrDefault(segment => segment.Name == name)
        ?? throw new WrongCommandException(
            $"There is no segment \"{name}\". {NearNames.Hint(name, segments.Select(segment => segment.Name), "segments")}");

    internal static Segment Read(DefinitionFile file, string defaultName)
    {
        var root = file.Root;
        var where = root.RequiredMap("where");
        var segment = new Segment(
            root.Text("segment") ?? defaultName,
            root.Text("description"),
            ReadRfmSegments(where.Texts("rfm_segment")),
            [.. where.Texts("country").Select(country => country.Text)],
            where.Text("consent"),
            file.Hash);
        file.ThrowIfFaulty();
        return segment;
    }

    private static string[] ReadRfmSegments(IReadOnlyList<DefinitionText> names)
    {
        var known = Analysis.Rfm.SegmentMap.Customary.Segments.Select(segment => segment.Name).ToArray();
        foreach (var name in names.Where(name => !known.Contains(name.Text)))
        {
            name.Fault($"There is no RFM segment \"{name}\". {NearNames.Hint(name.Text, known, "RFM segments")}");
        }

        return [.. names.Select(name => name.Text)];
    }
}
