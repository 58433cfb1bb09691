using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Analysis.ValueTiers;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Segments;

/// <summary>Reads conditions: a mapping whose entries all have to hold, with <c>all</c>, <c>any</c> and <c>not</c> within it.</summary>
/// <param name="segments">The names of all segments.</param>
/// <param name="cubes">The cubes whose measures can be asked for.</param>
internal sealed class ConditionReader(IReadOnlyCollection<string> segments, SegmentCubes cubes)
{
    internal static readonly string[] Attributes =
        ["country", "region", "city", "postcode_area", "gender", "language", "occupation", "acquisition_channel", "lifecycle_stage"];

    /// <summary>What the warehouse itself computes, with all values that it can have.</summary>
    internal static readonly (string Key, string Noun, string[] Known)[] Scores =
    [
        ("rfm_segment", "RFM segment", [.. SegmentMap.Customary.Segments.Select(segment => segment.Name)]),
        ("tier", "tier", [.. TierRule.ByValue.Tiers.Select(tier => tier.Name)]),
        ("churn_band", "churn band", ["high", "medium", "low"]),
    ];

    internal static readonly string[] Numbers =
        ["birth_year", "recency_days", "orders", "value", "recency_score", "frequency_score", "monetary_score", "churn_probability"];

    internal static readonly string[] Dates = ["registered_on"];

    private static readonly string[] OfProduct = ["category", "subcategory", "brand", "product"];

    internal static readonly Dictionary<string, string> Milestones = new(StringComparer.Ordinal)
    {
        ["sent"] = "sent_at",
        ["delivered"] = "delivered_at",
        ["bounced"] = "bounced_at",
        ["opened"] = "opened_at",
        ["clicked"] = "clicked_at",
        ["replied"] = "replied_at",
        ["converted"] = "converted_at",
        ["unsubscribed"] = "unsubscribed_at",
    };

    private static readonly Dictionary<string, string> Arms = new(StringComparer.Ordinal) { ["treated"] = "treated", ["control"] = "control" };

    /// <summary>The names of other segments that were read so far, with their places.</summary>
    public List<DefinitionText> References { get; } = [];

    /// <summary>Reads a mapping of conditions.</summary>
    public Condition Read(DefinitionMap map)
    {
        var parts = new List<Condition>();
        if (map.HoldsList("all"))
        {
            parts.AddRange(map.Maps("all").Select(Read));
        }

        if (map.HoldsList("any"))
        {
            parts.Add(new AnyOf([.. map.Maps("any").Select(Read)]));
        }

        foreach (var key in (string[])["all", "any"])
        {
            if (map.Has(key) && !map.HoldsList(key))
            {
                map.Fault(key, $"\"{key}\" is a list of conditions.");
            }
        }

        if (map.Map("not") is { } denied)
        {
            parts.Add(new Not(Read(denied)));
        }

        parts.AddRange(Attributes.SelectMany(name => Texts(map, name, name)));
        parts.AddRange(Scores.SelectMany(score => KnownTexts(map, score.Key, score.Noun, score.Known)));
        parts.AddRange(Numbers.SelectMany(name => InBounds(map, name, Number)));
        parts.AddRange(Dates.SelectMany(name => InBounds(map, name, Date)));
        parts.AddRange(Was(map));
        Add(map.Map("bought"), bought => Purchases(bought, isReturn: false));
        Add(map.Map("returned"), returned => Purchases(returned, isReturn: true));
        Add(map.Map("contacted"), Contacts);
        Add(map.Map("campaign"), Campaign);
        Add(map.Map("measure"), Measure);
        if (map.Has("sequence"))
        {
            parts.Add(Sequence(map));
        }

        Add(map.Map("sample"), Sample);
        if (map.Text("consent") is { } channel)
        {
            parts.Add(new Consented(channel, $"allows {channel}"));
        }

        foreach (var name in map.Texts("segment"))
        {
            if (!segments.Contains(name.Text))
            {
                name.Fault($"There is no segment \"{name}\". {NearNames.Hint(name.Text, segments, "segments")}");
            }

            References.Add(name);
            parts.Add(new InSegment(name.Text, $"in {name}"));
        }

        return parts is [var only] ? only : new AllOf(parts);

        void Add(DefinitionMap? part, Func<DefinitionMap, Condition> read)
        {
            if (part is not null)
            {
                parts.Add(read(part));
            }
        }
    }

    private static IEnumerable<Condition> Texts(DefinitionMap map, string key, string column)
    {
        var values = map.Texts(key).Select(value => value.Text).ToArray();
        return values.Length == 0 ? [] : [new OneOf(column, values, $"{key} {string.Join(" or ", values)}")];
    }

    private static IEnumerable<Condition> KnownTexts(DefinitionMap map, string key, string noun, string[] known)
    {
        foreach (var name in map.Texts(key).Where(name => !known.Contains(name.Text)))
        {
            name.Fault($"There is no {noun} \"{name}\". {NearNames.Hint(name.Text, known, noun + "s")}");
        }

        return Texts(map, key, key);
    }

    /// <summary>Scores of an earlier date: « was: {on: 2026-03-31, tier: A} » or « was: {ago: 90d, tier: A} ».</summary>
    private static Was[] Was(DefinitionMap map)
    {
        if (map.Map("was") is not { } was)
        {
            return [];
        }

        var on = was.TextValue("on") is { } date ? (DateOnly?)Date(date) : null;
        var ago = was.Has("ago") ? ReadWindow(was, "ago") : Window.All;
        if (was.Has("on") == was.Has("ago") || (was.Has("ago") && ago.IsOpen))
        {
            was.Fault(was.Has("ago") ? "ago" : "on", "\"was\" says when: \"on\" a date like 2026-06-30, or so long \"ago\" like 30d, 12m or 1y.");
        }

        var tests = Texts(was, "lifecycle_stage", "lifecycle_stage")
            .Concat(Scores.SelectMany(score => KnownTexts(was, score.Key, score.Noun, score.Known)))
            .Cast<OneOf>()
            .Select(one => new Was(
                one.Column == "tier" ? "value_tier" : one.Column, one.Values, on, ago, $"was {one.Words}{(on is { } day ? $" on {Text(day)}" : $", {ago} ago")}"))
            .ToArray();
        if (tests.Length == 0)
        {
            was.Fault("tier", "\"was\" says what: tier, rfm_segment, churn_band or lifecycle_stage.");
        }

        return tests;
    }

    private static IEnumerable<Condition> InBounds(DefinitionMap map, string key, Func<DefinitionText, object?> read) =>
        map.Map(key) is { } part && ReadBounds(part, read) is { } bounds ? [new Within(key, bounds, $"{key}{Words(bounds)}")] : [];

    private static Bounds ReadBounds(DefinitionMap map, Func<DefinitionText, object?> read)
    {
        var bounds = new Bounds(map.TextValue("from") is { } from ? read(from) : null, map.TextValue("to") is { } to ? read(to) : null);
        if (!map.Has("from") && !map.Has("to"))
        {
            map.Fault("from", "\"from\", \"to\" or both are needed here.");
        }

        return bounds;
    }

    private static Bought Purchases(DefinitionMap map, bool isReturn)
    {
        var period = ReadPeriod(map);
        var times = Some(map, "times", Number);
        var value = Some(map, "value", Number);
        var of = OfProduct.Append("channel")
            .Select(column => (Column: column, Values: (IReadOnlyList<string>)[.. map.Texts(column).Select(text => text.Text)]))
            .Where(part => part.Values.Count > 0)
            .ToArray();
        var what = string.Concat(of.Select(part => $" {part.Column} {string.Join(" or ", part.Values)}"));
        return new Bought(
            period, times, value, of, isReturn,
            $"{(isReturn ? "returned" : "bought")}{what}{(times is null ? "" : $" times{Words(times)}")}{(value is null ? "" : $" value{Words(value)}")}{Words(period)}");
    }

    private static Contacted Contacts(DefinitionMap map)
    {
        var period = ReadPeriod(map);
        var times = Some(map, "times", Number);
        var (complaint, resolved) = (map.Flag("complaint"), map.Flag("resolved"));
        string[] topics = [.. map.Texts("topic").Select(topic => topic.Text)];
        var kind = (complaint, resolved) switch
        {
            (true, false) => "has an open complaint",
            (true, _) => "complained",
            (_, false) => "waits for an answer",
            _ => "was in touch",
        };
        return new Contacted(
            period, times, complaint, resolved, topics,
            $"{kind}{(topics.Length == 0 ? "" : $" about {string.Join(" or ", topics)}")}{(times is null ? "" : $" times{Words(times)}")}{Words(period)}");
    }

    private Measured Measure(DefinitionMap map)
    {
        var name = map.RequiredTextValue("name");
        var (cube, measure) = cubes.Find(name);
        var period = ReadPeriod(map);
        var where = map.Text("where");
        var bounds = ReadBounds(map, Number);
        return new Measured(cube, measure, where, period, bounds, $"{name}{(where is null ? "" : $" where {where}")}{Words(period)}{Words(bounds)}");
    }

    /// <summary>Each step is a mapping of one thing that happens, and of the time since the step before.</summary>
    private static InOrder Sequence(DefinitionMap map)
    {
        var steps = new List<Step>();
        var maps = map.Maps("sequence");
        foreach (var (part, place) in maps.Select((part, place) => (part, place)))
        {
            var days = Days(part, place);
            var denied = part.Map("not");
            if (Event(denied ?? part) is not { } happens)
            {
                part.Fault("bought", "A step of a sequence is one of bought, returned, contacted and campaign.");
                continue;
            }

            if (denied is not null && (days is null || place < maps.Count - 1))
            {
                part.Fault("not", "What did not happen is the last step of a sequence, and says \"within\" how many days.");
            }

            steps.Add(new Step(happens, days, denied is not null));
        }

        if (maps.Count < 2)
        {
            map.Fault("sequence", "\"sequence\" is a list of at least two steps.");
        }

        return new InOrder(steps, string.Join(", then ", steps.Select(step =>
            $"{(step.IsAbsent ? "not " : "")}{step.Event.Words}{(step.Within is { } days ? FormattableString.Invariant($" within {days}d") : "")}")));
    }

    private static int? Days(DefinitionMap step, int place)
    {
        if (step.TextValue("within") is not { } within)
        {
            return null;
        }

        if (place == 0)
        {
            within.Fault("The first step has none before it: \"within\" belongs to the steps after it.");
        }
        else if (within.Text is [.. var number, 'd'] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3660)
        {
            return days;
        }
        else
        {
            within.Fault($"\"{within}\" is no number of days; write it like 30d.");
        }

        return null;
    }

    private static Test? Event(DefinitionMap map)
    {
        Test?[] events =
        [
            map.Map("bought") is { } bought ? Purchases(bought, isReturn: false) : null,
            map.Map("returned") is { } returned ? Purchases(returned, isReturn: true) : null,
            map.Map("contacted") is { } contacted ? Contacts(contacted) : null,
            map.Map("campaign") is { } campaign ? Campaign(campaign) : null,
        ];
        if (events.OfType<Bought>().Any(one => one.Times is not null || one.Value is not null) || events.OfType<Contacted>().Any(one => one.Times is not null))
        {
            map.Fault("times", "A step happens once: \"times\" and \"value\" belong to a condition of their own.");
        }

        return events.OfType<Test>().ToArray() is [var only] ? only : null;
    }

    private static Responded Campaign(DefinitionMap map)
    {
        var name = map.RequiredText("name");
        var wave = map.Whole("wave", 1);
        var arm = map.TextValue("arm") is { } said ? Choice(said, Arms, "arms") : null;
        var response = map.TextValue("response");
        var milestone = response is null ? null : Choice(response, Milestones, "responses");
        return new Responded(
            name, wave, arm, milestone, string.Join(' ', new[] { arm, response?.Text ?? "in", name, wave is null ? null : FormattableString.Invariant($"wave {wave}") }.OfType<string>()));
    }

    private static string? Choice(DefinitionText said, Dictionary<string, string> known, string noun)
    {
        if (known.TryGetValue(said.Text, out var chosen))
        {
            return chosen;
        }

        said.Fault($"\"{said}\" is none of the {noun}. {NearNames.Hint(said.Text, known.Keys, noun)}");
        return null;
    }

    private static Sampled Sample(DefinitionMap map)
    {
        var share = map.Number("share", 0, 1) ?? 1;
        var seed = map.RequiredText("seed");
        return new Sampled(share, seed, FormattableString.Invariant($"drawn ({share:0.####%}, {seed})"));
    }

    private static Bounds? Some(DefinitionMap map, string key, Func<DefinitionText, object?> read) =>
        map.Map(key) is { } part ? ReadBounds(part, read) : null;

    private static Period ReadPeriod(DefinitionMap map) =>
        new(ReadWindow(map, "within"), map.TextValue("until") is { } until ? (DateOnly?)Date(until) : null);

    private static Window ReadWindow(DefinitionMap map, string key)
    {
        if (map.TextValue(key) is not { } length)
        {
            return Window.All;
        }

        try
        {
            return Window.Parse(length.Text);
        }
        catch (WrongCommandException wrong)
        {
            length.Fault(wrong.Message);
            return Window.All;
        }
    }

    private static object? Number(DefinitionText text)
    {
        if (decimal.TryParse(text.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        text.Fault($"\"{text}\" is no number.");
        return null;
    }

    private static object? Date(DefinitionText text)
    {
        if (DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        text.Fault($"\"{text}\" is no date; write it like 2026-06-30.");
        return null;
    }

    private static string Words(Bounds bounds) =>
        (bounds.From is null ? "" : $" from {Text(bounds.From)}") + (bounds.To is null ? "" : $" to {Text(bounds.To)}");

    private static string Words(Period period) =>
        (period.Window == Window.All ? "" : $" within {period.Window}") + (period.Until is { } until ? $" until {Text(until)}" : "");

    private static string Text(object value) => value is DateOnly date
        ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
