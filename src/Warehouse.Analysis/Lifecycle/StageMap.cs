using Warehouse.Definitions;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>
/// The stages of a customer's life and the rules by which customers are in them. The rules cut each trait at a few numbers;
/// between the cuts they cannot tell customers apart, so there are finitely many kinds of customer. When a map is
/// read, every kind is proved to be in exactly one stage.
/// </summary>
public sealed class StageMap
{
    private const int MostCuts = 9;
    private const int MostCells = 100_000;
    private const int MostShown = 3;

    private static readonly Lazy<StageMap> TheCustomary = new(ReadCustomary);

    private StageMap(string name, string hash, IReadOnlyList<LifecycleStage> stages, StageCells cells) =>
        (Name, Hash, Stages, Cells) = (name, hash, stages, cells);

    /// <summary>The eight stages after Stone and Woodcock.</summary>
    public static StageMap Customary => TheCustomary.Value;

    /// <summary>The file as the user would name it.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The stages in the order of the file.</summary>
    public IReadOnlyList<LifecycleStage> Stages { get; }

    internal StageCells Cells { get; }

    /// <summary>Reads a map from a file.</summary>
    /// <exception cref="UserFaultException">The file cannot be read.</exception>
    /// <exception cref="DefinitionException">It is at fault; a gap or an overlap shows a customer whom it concerns.</exception>
    public static StageMap Load(string path, string? name = null) => Read(DefinitionFile.Load(path, name));

    /// <summary>Reads a map from a text.</summary>
    /// <exception cref="DefinitionException">It is at fault; a gap or an overlap shows a customer whom it concerns.</exception>
    public static StageMap Parse(string text, string name) => Read(DefinitionFile.Parse(text, name));

    private static StageMap Read(DefinitionFile file)
    {
        var stages = new List<LifecycleStage>();
        var rules = new List<StageRule>();
        foreach (var (name, part) in file.Root.Named("stages"))
        {
            stages.Add(new LifecycleStage(name.Text, part.Text("meaning"), part.Text("does")));
            foreach (var rule in part.Maps("when"))
            {
                rules.Add(StageRule.Read(name.Text, rule));
            }
        }

        if (stages.Count == 0)
        {
            file.Root.Fault("stages", "A map has at least one stage.");
        }

        var cells = new StageCells(rules);
        if (cells.CutsOf.Any(cuts => cuts.Length > MostCuts) || cells.Count > MostCells)
        {
            file.Root.Fault("stages", FormattableString.Invariant(
                $"The rules may cut a trait at {MostCuts} numbers at most, and make {MostCells:#,##0} kinds of customer; here are {cells.Count:#,##0}."));
        }
        else
        {
            Prove(file, cells);
        }

        file.ThrowIfFaulty();
        return new StageMap(file.Name, file.Hash, stages, cells);
    }

    private static void Prove(DefinitionFile file, StageCells cells)
    {
        var gaps = cells.Faults.Where(fault => fault.Stages.Count == 0).ToList();
        if (gaps.Count > 0)
        {
            file.Root.Fault("stages", FormattableString.Invariant(
                $"{gaps.Count:#,##0} kinds of customer are in no stage, such as {string.Join("; ", gaps.Take(MostShown).Select(gap => gap.Words))}."));
        }

        foreach (var overlap in cells.Faults.Where(fault => fault.Stages.Count > 1).GroupBy(fault => string.Join(" and ", fault.Stages), StringComparer.Ordinal))
        {
            file.Root.Fault("stages", FormattableString.Invariant(
                $"{overlap.Count():#,##0} kinds of customer are in {overlap.Key}, such as {string.Join("; ", overlap.Take(MostShown).Select(fault => fault.Words))}."));
        }
    }

    private static StageMap ReadCustomary()
    {
        const string Resource = "Lifecycle/stages.yaml";
        using var stream = typeof(StageMap).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        using var reader = new StreamReader(stream);
        return Parse(reader.ReadToEnd(), "the customary stages");
    }
}

/// <summary>A stage of a customer's life.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Meaning">Who is in it, in words; null where the map does not say.</param>
/// <param name="Does">What the business does; null where the map does not say.</param>
public sealed record LifecycleStage(string Name, string? Meaning, string? Does);
