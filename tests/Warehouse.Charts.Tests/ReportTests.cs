using System.Text.Json;
using Warehouse.Testing;

namespace Warehouse.Charts.Tests;

public sealed class ReportTests
{
    private const string Hostile = "</script><img src=x onerror=\"console.error('run')\"> '\"&{b}";

    [SkippableFact]
    public async Task EveryKindOfChart_IsDrawnWithoutANetwork_AndTheConsoleIsSilent()
    {
        var charts = SampleReport.EveryKind();

        var page = await Chromium.RenderAsync(SampleReport.Of(charts).Html);

        Assert.Empty(page.Console);
        Assert.Equal(charts.Count, Count(page.Document, "data-drawn=\"true\""));
        Assert.Equal(charts.Count, Count(page.Document, "<svg "));
    }

    [SkippableFact]
    public async Task HostileNames_AreShownAndNeverRun()
    {
        var charts = SampleReport.EveryKind(Hostile);

        var page = await Chromium.RenderAsync(SampleReport.Of(charts, Hostile).Html);

        Assert.Empty(page.Console);
        Assert.Equal(charts.Count, Count(page.Document, "data-drawn=\"true\""));
        Assert.DoesNotContain("<img", page.Document, StringComparison.Ordinal);
    }

    [Fact]
    public void HostileNames_EndNoScriptAndOpenNoElement()
    {
        var html = SampleReport.Of(SampleReport.EveryKind(Hostile), Hostile).Html;

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Equal(Count(html, "<script"), Count(html, "</script"));
        Assert.Contains("&lt;/script&gt;&lt;img src=x onerror=&quot;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_SaysWhereItsNumbersComeFrom()
    {
        var html = SampleReport.Of([]).Html;

        foreach (var text in new[] { "<h1>Everything</h1>", "<dd>2024-06-30</dd>", "<dd>7</dd>", "<dd>customers with a purchase in the window</dd>", "<dd>0123abcd</dd>", "<li>A note.</li>" })
        {
            Assert.Contains(text, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Report_NamesNoAddress()
    {
        var html = SampleReport.Of(SampleReport.EveryKind()).Html;

        Assert.DoesNotMatch("(src|href)=[\"']?(https?:)?//", html);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_StandInATableUnderEachChart()
    {
        var html = SampleReport.Of([SampleReport.EveryKind()[2]]).Html;

        Assert.Contains("<th scope=\"row\">A</th><td class=\"number\">20.0 %</td><td class=\"number\">80.0 %</td>", html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Option_IsJsonWithoutNumbersThatJsonHasNot(int place)
    {
        var chart = SampleReport.EveryKind()[place];

        using var option = JsonDocument.Parse(chart.OptionJson);

        Assert.True(option.RootElement.GetProperty("series").GetArrayLength() > 0);
        Assert.False(chart.IsEmpty);
        Assert.All(chart.Table.Rows, row => Assert.Equal(chart.Table.Columns.Count, row.Count));
    }

    [Fact]
    public void NotANumber_IsAGap()
    {
        var chart = new LineChart("Gaps", new Axis("x"), new Axis("y"), [new ChartLine("y", [new(0, double.NaN), new(1, double.PositiveInfinity), new(2, 1)])]);

        Assert.Contains("[[0,null],[1,null],[2,1]]", chart.OptionJson, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", SampleReport.Of([chart]).Html[..^ChartScript.Text.Length], StringComparison.Ordinal);
    }

    [Fact]
    public void ChartWithoutNumbers_IsToldInWords()
    {
        var html = SampleReport.Of([new HeatMap("Retention", "age", "cohort", new Axis("retention"), [], [], [])]).Html;

        Assert.Contains("There is nothing to show.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<div class=\"plot\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Waterfall_AddsUp_AndABarThatCrossesZeroHasTwoParts()
    {
        var chart = SampleReport.EveryKind().OfType<WaterfallChart>().Single();

        Assert.Equal([100d, -50d, 30d, 30d], chart.Table.Rows.Select(row => row[2]));
        using var option = JsonDocument.Parse(chart.OptionJson);
        var less = option.RootElement.GetProperty("series").EnumerateArray().Where(series => series.GetProperty("name").GetString() == "less");
        Assert.Equal([100d, -50d], less.Select(series => series.GetProperty("data")[1].GetDouble()));
    }

    public static TheoryData<int> Kinds() => [.. Enumerable.Range(0, SampleReport.EveryKind().Count)];

    private static int Count(string text, string part) => text.Split(part, StringSplitOptions.None).Length - 1;
}
