using System.Globalization;
using System.Text;
using Warehouse.Pages.Asking;
using Warehouse.Pages.Parts;

namespace Warehouse.Pages.Customers;

/// <summary>
/// A group of customers as an address says it: whose group it is (rfm, tiers, lifecycle, cohorts, lifetime: of the analysis of that name, asked as
/// it was; snapshots: of what was stored on a date; segments: of the workspace), its name, and what else was said.
/// </summary>
/// <param name="Kind">Whose group it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Options">What else was said to the analysis, by the names of its parameters.</param>
internal sealed record CustomerGroup(string Kind, string Name, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>So many customers are shown, the most valuable first.</summary>
    public const int MostShown = 1000;

    private const string Snapshots = "snapshots";
    private const string Segments = "segments";

    private static readonly string[] Nowhere = ["not known", "no customer"];
    private static readonly string[] OfOneDate = ["as-of", "hindsight"];

    /// <summary>The kinds that there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["rfm", "tiers", "lifecycle", "cohorts", "lifetime", Snapshots, Segments];

    /// <summary>The verb that gives its customers.</summary>
    public string Verb => IsOfCube ? "query" : Kind;

    /// <summary>The column of their identifiers.</summary>
    public string IdColumn => IsOfCube ? "customer.id" : "customer_id";

    /// <summary>Where it is shown.</summary>
    public string Address => PageAddress.Of("/customers/group", [new("of", Kind), new("group", Name), .. Options]);

    /// <summary>Where it was chosen.</summary>
    public string Origin => Kind switch
    {
        Snapshots => "/churn",
        Segments => $"/segments/{Uri.EscapeDataString(Name)}",
        _ => PageAddress.Of($"/customers/{Kind}", Options.Where(option => option.Key is not ("age" or "from"))),
    };

    /// <summary>What is asked for its customers.</summary>
    public Said Question
    {
        get
        {
            if (IsOfCube)
            {
                return new Said
                {
                    ["cube"] = "snapshots",
                    ["measures"] = "value,lifetime_value",
                    ["by"] = "customer.id,standing.rfm_segment,standing.value_tier,standing.lifecycle_stage,standing.churn_band",
                    ["where"] = Kind == Segments
                        ? $"segment_now.{Name} = true{(Options.TryGetValue("day", out var day) ? $" and date.day = {QueryText.Of(day)}" : "")}"
                        : $"standing.{Options.GetValueOrDefault("member", "churn_band")} = {QueryText.Of(Name)} and date.day = {QueryText.Of(Options.GetValueOrDefault("day", ""))}",
                    ["order"] = "value desc",
                    ["limit"] = MostShown,
                };
            }

            var said = Analysis;
            said["of"] = Name;
            if (Kind != "cohorts")
            {
                said["limit"] = MostShown;
            }

            return said;
        }
    }

    /// <summary>What is asked for the whole analysis.</summary>
    public Said Analysis
    {
        get
        {
            var said = new Said();
            foreach (var (name, value) in Options)
            {
                said[name] = value;
            }

            return said;
        }
    }

    /// <summary>Whether it is a tenth by expected value as snapshots store it: their <see cref="Worth"/> makes a segment of it.</summary>
    public bool IsOfWorth => Kind == "lifetime" && IsAsSegmentsAsk;

    private bool IsOfCube => Kind is Snapshots or Segments;

    private bool IsAsSegmentsAsk => Options.Keys.All(option => OfOneDate.Contains(option));

    private bool IsAsSegmentsAskOfMoves => Options.Keys.All(option => OfOneDate.Contains(option) || option is "from" or "since");

    private static string ScoreOf(string kind) => kind == "tiers" ? "tier" : "lifecycle_stage";

    /// <summary>
    /// A segment's definition that chooses the same customers as of a date; null where its language cannot say them, as when the analysis was
    /// asked otherwise than segments ask it.
    /// </summary>
    /// <param name="worth">What the customers of a tenth are worth, where that is stored.</param>
    public string? Segment(Worth? worth) => Condition(worth) is { } condition ? $"segment: {Slug()}\ndescription: \nwhere:\n{condition}" : null;

    private string? Condition(Worth? worth) => Kind switch
    {
        "rfm" when IsAsSegmentsAsk && Scores() is [var recency, var frequency, ..] scores =>
            $"  recency_score: {{from: {recency}, to: {recency}}}\n  frequency_score: {{from: {frequency}, to: {frequency}}}\n"
            + (scores.Length > 2 ? $"  monetary_score: {{from: {scores[2]}, to: {scores[2]}}}\n" : ""),
        "rfm" when IsAsSegmentsAsk => $"  rfm_segment: {Quoted(Name)}\n",
        "tiers" when IsAsSegmentsAsk => $"  tier: {Quoted(Name)}\n",
        "tiers" or "lifecycle" when Options.GetValueOrDefault("from") is { } from && Options.GetValueOrDefault("since") is { } since && IsAsSegmentsAskOfMoves && !Nowhere.Contains(from) && !Nowhere.Contains(Name) =>
            $"  {ScoreOf(Kind)}: {Quoted(Name)}\n  was: {{on: {Quoted(since)}, {ScoreOf(Kind)}: {Quoted(from)}}}\n",
        "lifecycle" when IsAsSegmentsAsk => $"  lifecycle_stage: {Quoted(Name)}\n",
        "cohorts" => OfCohort(),
        "lifetime" when worth is not null =>
            $"  measure: {{name: snapshots.lifetime_value, where: \"date.day = {QueryText.Of(worth.Day)}\", from: {worth.Least}, to: {worth.Most}}}\n",
        Snapshots when Options.GetValueOrDefault("member", "churn_band") == "churn_band" => $"  churn_band: {Quoted(Name)}\n",
        Segments => $"  segment: {Quoted(Name)}\n",
        _ => null,
    };

    /// <summary>The group that an address names; null where it names none.</summary>
    public static CustomerGroup? Of(string address)
    {
        var said = PageAddress.Read(address);
        return said.Remove("of", out var kind) && said.Remove("group", out var name) && name.Length > 0 && Kinds.Contains(kind)
            && (kind != Segments || name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
            && said.GetValueOrDefault("member", "churn_band").All(letter => char.IsAsciiLetter(letter) || letter == '_')
            ? new CustomerGroup(kind, name, said)
            : null;
    }

    private int[]? Scores() => Name.Split('-') is { Length: 2 or 3 } parts && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        ? [.. parts.Select(part => int.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture))]
        : null;

    /// <summary>The first purchase lies in the cohort's period, and with an age another one in the period so many later.</summary>
    private string? OfCohort()
    {
        var period = Options.GetValueOrDefault("period", "month");
        if (Options.GetValueOrDefault("by", "first_purchase") != "first_purchase"
            || !DateOnly.TryParseExact(Name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            return null;
        }

        var condition = new StringBuilder("  all:\n");
        condition.Append(CultureInfo.InvariantCulture, $"  - not: {{bought: {{until: {first.AddDays(-1):yyyy-MM-dd}}}}}\n");
        condition.Append(CultureInfo.InvariantCulture, $"  - bought: {{within: {first:yyyy-MM-dd}, until: {Later(first, period, 1).AddDays(-1):yyyy-MM-dd}}}\n");
        if (Options.TryGetValue("age", out var said) && int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var age))
        {
            condition.Append(
                CultureInfo.InvariantCulture,
                $"  - bought: {{within: {Later(first, period, age):yyyy-MM-dd}, until: {Later(first, period, age + 1).AddDays(-1):yyyy-MM-dd}}}\n");
        }

        return condition.ToString();
    }

    private static DateOnly Later(DateOnly first, string period, int periods) => period switch
    {
        "week" => first.AddDays(7 * periods),
        "quarter" => first.AddMonths(3 * periods),
        "year" => first.AddYears(periods),
        _ => first.AddMonths(periods),
    };

    private string Slug()
    {
        var letters = string.Concat($"{Kind}_{Name}".ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        return letters.Trim('_');
    }

    private static string Quoted(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
