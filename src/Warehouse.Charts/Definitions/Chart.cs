using System.Text.Json;
using System.Text.Json.Nodes;

namespace Warehouse.Charts;

/// <summary>
/// A chart as data. <see cref="OptionJson"/> is an option of Apache ECharts, for a page and for a file alike; where ECharts takes
/// functions it names a format, which the bundled script (<see cref="ChartScript"/>) turns into one.
/// </summary>
/// <param name="Title">What it is called.</param>
public abstract record Chart(string Title)
{
    /// <summary>What it shows, in a sentence; it is also read to those who do not see it.</summary>
    public string? Description { get; init; }

    /// <summary>The numbers that are drawn.</summary>
    public abstract ChartTable Table { get; }

    /// <summary>Whether anything can be drawn; a chart without numbers is told in words instead.</summary>
    public abstract bool IsEmpty { get; }

    /// <summary>The option, as JSON in which no value can end a script element.</summary>
    public string OptionJson
    {
        get
        {
            var option = Option();
            option["aria"] = new JsonObject { ["enabled"] = true, ["decal"] = new JsonObject { ["show"] = false } };
            return option.ToJsonString(JsonSerializerOptions.Default);
        }
    }

    /// <summary>The height that it is drawn with, in pixels.</summary>
    internal virtual int Height => 380;

    internal abstract JsonObject Option();
}
