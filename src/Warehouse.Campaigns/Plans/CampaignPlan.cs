using Warehouse.Campaigns.ControlGroups;
using Warehouse.Campaigns.Suppression;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Campaigns.Plans;

/// <summary>A campaign as it is meant: <c>campaigns/NAME.yaml</c>.</summary>
/// <param name="Name">The campaign.</param>
/// <param name="Segment">The segment that it is for.</param>
/// <param name="Channel">How customers are reached: email, sms, phone or post.</param>
/// <param name="Offer">What they are offered; null says nothing.</param>
/// <param name="CostPerContact">What treating one customer costs.</param>
/// <param name="Budget">The most that a wave may cost; null sets no limit.</param>
/// <param name="Objective">What it is to change, and by how much.</param>
/// <param name="Waves">When; each wave is an experiment of its own.</param>
/// <param name="Control">The arms and how they are drawn.</param>
/// <param name="Suppressions">Who is left out, in the order in which the reasons are asked.</param>
/// <param name="Caps">How often a customer may be contacted, beside what the workspace's policy allows.</param>
/// <param name="Depth">How far down the list of expected profit it goes.</param>
/// <param name="Text">The definition as it was read.</param>
/// <param name="Hash">SHA-256 of the definition.</param>
public sealed record CampaignPlan(
    string Name,
    string Segment,
    string Channel,
    string? Offer,
    decimal CostPerContact,
    decimal? Budget,
    CampaignObjective Objective,
    IReadOnlyList<PlannedWave> Waves,
    ControlGroup Control,
    IReadOnlyList<SuppressionRule> Suppressions,
    IReadOnlyList<ContactCap> Caps,
    TargetDepth Depth,
    string Text,
    string Hash)
{
    /// <summary>The folder of a workspace that holds its plans; a file whose name begins with an underscore is no plan.</summary>
    public const string Folder = "campaigns";

    /// <summary>The plan of a name.</summary>
    /// <exception cref="WrongCommandException">There is none.</exception>
    /// <exception cref="DefinitionException">It is at fault.</exception>
    public static CampaignPlan Find(Workspace workspace, string name)
    {
        var paths = Paths(workspace).ToDictionary(path => Path.GetFileNameWithoutExtension(path), StringComparer.Ordinal);
        return paths.TryGetValue(name, out var path)
            ? Load(workspace, path)
            : throw new WrongCommandException($"There is no plan \"{name}\" in {Folder}/. {NearNames.Hint(name, paths.Keys, "plans")}");
    }

    /// <summary>A plan as somebody writes it, which is not saved.</summary>
    /// <param name="path">The file that was written.</param>
    /// <param name="name">What it is called; null takes the name that the file says, or its own.</param>
    /// <exception cref="DefinitionException">It is at fault.</exception>
    /// <exception cref="WrongCommandException">The file says another name.</exception>
    public static CampaignPlan ReadDraft(string path, string? name)
    {
        var plan = PlanReader.Read(ReadText(path, Path.GetFileName(path)), Path.GetFileName(path), name ?? Path.GetFileNameWithoutExtension(path));
        return name is null || plan.Name == name ? plan : throw new WrongCommandException($"The file calls the campaign \"{plan.Name}\", not \"{name}\".");
    }

    /// <summary>The file of a plan, relative to the workspace; null where there is none.</summary>
    public static string? FileOf(Workspace workspace, string name) =>
        Paths(workspace).FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == name) is { } path ? workspace.NameOf(path) : null;

    /// <summary>Every plan of a workspace, by their names.</summary>
    /// <exception cref="DefinitionException">One is at fault.</exception>
    public static IReadOnlyList<CampaignPlan> ReadAll(Workspace workspace) => [.. Paths(workspace).Select(path => Load(workspace, path))];

    /// <summary>A wave by its number.</summary>
    /// <param name="number">From 1; null where the plan has but one.</param>
    /// <exception cref="WrongCommandException">There is no such wave, or several and none was named.</exception>
    public PlannedWave Wave(int? number) => (number, Waves) switch
    {
        (null, [var only]) => only,
        (null, _) => throw new WrongCommandException(FormattableString.Invariant(
            $"\"{Name}\" has {Waves.Count} waves: say which with '--wave N'. Each is an experiment of its own.")),
        ({ } said, _) => Waves.FirstOrDefault(wave => wave.Number == said) ?? throw new WrongCommandException(
            FormattableString.Invariant($"\"{Name}\" has no wave {said}; its waves are 1 to {Waves.Count}.")),
    };

    private static IEnumerable<string> Paths(Workspace workspace) =>
        workspace.DefinitionsIn(Folder).Where(path => !Path.GetFileName(path).StartsWith('_'));

    private static CampaignPlan Load(Workspace workspace, string path)
    {
        var name = workspace.NameOf(path);
        return PlanReader.Read(ReadText(path, name), name, Path.GetFileNameWithoutExtension(path));
    }

    private static string ReadText(string path, string name)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{name} cannot be read: {fault.Message}", fault);
        }
    }
}

/// <summary>When a wave is: its effects are looked for from the first date to before the last.</summary>
/// <param name="Number">From 1, in the order of the plan.</param>
/// <param name="StartsOn">The first date of its window.</param>
/// <param name="EndsOn">The first date after it.</param>
public sealed record PlannedWave(int Number, DateOnly StartsOn, DateOnly EndsOn)
{
    /// <summary>How long the window is.</summary>
    public int Days => EndsOn.DayNumber - StartsOn.DayNumber;

    /// <summary>What is wrong with drawing it on a date, as a sentence; null where its window is still to come.</summary>
    public string? Lateness(DateOnly today) =>
        today >= EndsOn ? FormattableString.Invariant(
            $"The window of wave {Number} was over on {EndsOn:yyyy-MM-dd}: nothing that the campaign does now falls into it, and nothing will be shown. Move it, or add a wave.")
        : today > StartsOn ? FormattableString.Invariant(
            $"The window of wave {Number} began on {StartsOn:yyyy-MM-dd}: what customers did in the {today.DayNumber - StartsOn.DayNumber} days since counts as if the campaign had made it, in either arm, and hides its effect.")
        : null;
}

/// <summary>What a campaign is to change within a wave's window.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="ExpectedLift">The rise that is expected, as a share of what would be without the campaign; null expects none.</param>
/// <param name="Margin">The share of sales that is kept; null takes that of the sales whose cost is known.</param>
public sealed record CampaignObjective(ObjectiveMeasure Measure, decimal? ExpectedLift, decimal? Margin);

/// <summary>What a campaign is to change.</summary>
public enum ObjectiveMeasure
{
    /// <summary>The share of customers who buy.</summary>
    Conversion,

    /// <summary>Sales per customer, returns taken off.</summary>
    Spend,
}

/// <summary>How far down the list of expected profit a wave goes.</summary>
/// <param name="IsByProfit">Whether it ends where treating one more customer costs more than it is expected to bring.</param>
/// <param name="Most">At most so many customers, both arms together; null sets no limit.</param>
public sealed record TargetDepth(bool IsByProfit, int? Most);
