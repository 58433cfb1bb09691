using System.Globalization;
using Warehouse.Campaigns.ControlGroups;
using Warehouse.Campaigns.Suppression;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Plans;

/// <summary>Reads plans.</summary>
internal static class PlanReader
{
    private const int LongestWindowDays = 730;

    private static readonly Dictionary<string, ObjectiveMeasure> Measures = new(StringComparer.Ordinal)
    {
        ["conversion"] = ObjectiveMeasure.Conversion,
        ["spend"] = ObjectiveMeasure.Spend,
    };

    /// <exception cref="DefinitionException">The plan is at fault; every fault is listed.</exception>
    public static CampaignPlan Read(string text, string fileName, string defaultName)
    {
        var file = DefinitionFile.Parse(text, fileName);
        var root = file.Root;
        var name = root.Text("campaign") ?? defaultName;
        root.Text("description");
        var channel = root.RequiredTextValue("channel");
        if (channel.Text.Length > 0 && !ContactPolicy.Channels.Contains(channel.Text))
        {
            channel.Fault($"\"{channel}\" is no channel. {NearNames.Hint(channel.Text, ContactPolicy.Channels, "channels")}");
        }

        var objective = root.Map("objective");
        var plan = new CampaignPlan(
            name,
            root.RequiredText("segment"),
            channel.Text,
            root.Text("offer"),
            root.Number("cost_per_contact", 0) ?? 0,
            root.Number("budget", 0),
            new CampaignObjective(
                objective?.Choice("measure", Measures) ?? ObjectiveMeasure.Conversion,
                objective?.Number("expected_lift", 0, 100),
                objective?.Number("margin", 0, 1)),
            Waves(root),
            ControlGroup.Read(root, name),
            SuppressionRule.ReadOrder(root),
            ContactPolicy.ReadCaps(root),
            Depth(root),
            text,
            file.Hash);
        if ((plan.Budget ?? plan.Depth.Most) is not null && !plan.Suppressions.Contains(SuppressionRule.BelowDepth))
        {
            root.Fault("suppress", $"\"{SuppressionRule.BelowDepth.Name}\" is missing in \"suppress\": a budget or a depth ends the list there.");
        }

        file.ThrowIfFaulty();
        return plan;
    }

    private static List<PlannedWave> Waves(DefinitionMap root)
    {
        var waves = new List<PlannedWave>();
        foreach (var map in root.Maps("waves"))
        {
            var (starts, ends) = (Date(map, "starts_on"), Date(map, "ends_on"));
            if (starts is { } first && ends is { } last)
            {
                if (last <= first)
                {
                    map.Fault("ends_on", "\"ends_on\" is the first date after the window, and lies after \"starts_on\".");
                }
                else if (last.DayNumber - first.DayNumber > LongestWindowDays)
                {
                    map.Fault("ends_on", FormattableString.Invariant($"A window has at most {LongestWindowDays} days, and this one has {last.DayNumber - first.DayNumber}."));
                }
                else
                {
                    waves.Add(new PlannedWave(waves.Count + 1, first, last));
                    continue;
                }
            }

            waves.Add(new PlannedWave(waves.Count + 1, DateOnly.MinValue, DateOnly.MinValue));
        }

        if (waves.Count == 0)
        {
            root.Fault("waves", "\"waves\" is a list of windows with \"starts_on\" and \"ends_on\", and has at least one.");
        }

        return waves;
    }

    private static TargetDepth Depth(DefinitionMap root)
    {
        var depth = root.TextValue("depth");
        if (depth is null or { Text: "profit" })
        {
            return new TargetDepth(true, null);
        }

        if (depth.Text == "all")
        {
            return new TargetDepth(false, null);
        }

        if (int.TryParse(depth.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0)
        {
            return new TargetDepth(false, most);
        }

        depth.Fault($"\"depth\" is \"profit\", \"all\" or a number of customers, not \"{depth}\".");
        return new TargetDepth(true, null);
    }

    private static DateOnly? Date(DefinitionMap map, string key)
    {
        var text = map.RequiredTextValue(key);
        if (DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        if (text.Text.Length > 0)
        {
            text.Fault($"\"{text}\" is no date; write it like 2026-06-30.");
        }

        return null;
    }
}
