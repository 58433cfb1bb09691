using System.Globalization;
using Warehouse.Analysis.Populations;
using Warehouse.Analysis.Rfm;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Segments;

/// <summary>Reads conditions: a mapping whose entries all have to hold, with <c>all</c>, <c>any</c> and <c>not</c> within it.</summary>
internal sealed class ConditionReader(IReadOnlyCollection<string> segments)
{
    private static readonly string[] Attributes =
        ["country", "region", "city", "postcode_area", "gender", "language", "occupation", "acquisition_channel", "tier", "churn_band", "lifecycle_stage"];

    private static readonly string[] Numbers =
        ["birth_year", "recency_days", "orders", "value", "recency_score", "frequency_score", "monetary_score", "churn_probability"];

    private static readonly string[] Dates = ["registered_on"];

    private static readonly string[] OfProduct = ["category", "subcategory", "brand", "product"];

    private static readonly Dictionary<string, string> Milestones = new(StringComparer.Ordinal)
    {
        ["sent"] = "sent_at",
        ["delivered"] = "delivered_at",
        ["bounced"] = "bounced_at",
        ["opened"] = "opened_at",
        ["clicked"] = "clicked_at",
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
        parts.AddRange(RfmSegments(map));
        parts.AddRange(Numbers.SelectMany(name => InBounds(map, name, Number)));
        parts.AddRange(Dates.SelectMany(name => InBounds(map, name, Date)));
        Add(map.Map("bought"), bought => Purchases(bought, isReturn: false));
        Add(map.Map("returned"), returned => Purchases(returned, isReturn: true));
        Add(map.Map("contacted"), Contacts);
        Add(map.Map("campaign"), Campaign);
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

    private static IEnumerable<Condition> RfmSegments(DefinitionMap map)
    {
        var known = SegmentMap.Customary.Segments.Select(segment => segment.Name).ToArray();
        foreach (var name in map.Texts("rfm_segment").Where(name => !known.Contains(name.Text)))
        {
            name.Fault($"There is no RFM segment \"{name}\". {NearNames.Hint(name.Text, known, "RFM segments")}");
        }

        return Texts(map, "rfm_segment", "rfm_segment");
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

    private static Period ReadPeriod(DefinitionMap map)
    {
        var within = map.TextValue("within");
        var window = Window.All;
        try
        {
            window = within is null ? Window.All : Window.Parse(within.Text);
        }
        catch (WrongCommandException wrong)
        {
            within!.Fault(wrong.Message);
        }

        return new Period(window, map.TextValue("until") is { } until ? (DateOnly?)Date(until) : null);
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
