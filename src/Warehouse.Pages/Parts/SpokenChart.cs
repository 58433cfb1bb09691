using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;

namespace Warehouse.Pages.Parts;

/// <summary>The option of a chart in the language of the page: names of axes, series and categories are translated, days are written as its people do, and both are read back when a point is clicked.</summary>
internal sealed class SpokenChart
{
    private static readonly string[] Names = ["name", "labelText", "source", "target"];
    private readonly IStringLocalizer _say;
    private readonly Dictionary<string, string> _meant = new(StringComparer.Ordinal);

    /// <param name="option">The option, as the service makes it.</param>
    /// <param name="label">What the chart shows, for those who do not see it.</param>
    /// <param name="say">The language of the page.</param>
    public SpokenChart(string option, string label, IStringLocalizer say)
    {
        _say = say;
        var root = JsonNode.Parse(option)!.AsObject();
        Speak(root);
        if (root["aria"] is JsonObject aria)
        {
            aria["label"] = new JsonObject { ["description"] = label };
        }

        Option = root.ToJsonString(JsonSerializerOptions.Default);
    }

    /// <summary>The option as it is drawn.</summary>
    public string Option { get; }

    /// <summary>A point that was clicked, in the words of the service.</summary>
    public ChosenPoint Meant(ChosenPoint point) => point with
    {
        Name = string.Join(" > ", point.Name.Split(" > ").Select(Meant)),
        Series = Meant(point.Series),
    };

    private string Meant(string shown) => _meant.GetValueOrDefault(shown, shown);

    private void Speak(JsonObject part)
    {
        foreach (var (key, value) in part.ToList())
        {
            if (value is JsonValue text && Names.Contains(key, StringComparer.Ordinal) && text.TryGetValue<string>(out var name))
            {
                part[key] = Spoken(name);
            }
            else if (value is JsonArray list)
            {
                Speak(list, isData: key == "data");
            }
            else if (value is JsonObject inner)
            {
                Speak(inner);
            }
        }
    }

    private void Speak(JsonArray list, bool isData)
    {
        for (var place = 0; place < list.Count; place++)
        {
            if (list[place] is JsonObject inner)
            {
                Speak(inner);
            }
            else if (isData && list[place] is JsonValue text && text.TryGetValue<string>(out var name))
            {
                list[place] = Spoken(name);
            }
        }
    }

    private string Spoken(string name)
    {
        var spoken = _say.Caption(name);
        _meant.TryAdd(spoken, name);
        return spoken;
    }
}
