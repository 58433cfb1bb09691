using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Warehouse.Pages;

namespace Warehouse.Acceptance.Pages;

/// <summary>What the service says in English is said in the language of the page.</summary>
public partial class SentencesTests
{
    private static readonly Sentences Chinese = Sentences.Of(CultureInfo.GetCultureInfo("zh-Hant"));

    /// <summary>The code that makes what pages show of reports: titles, axes, heads of tables, and sentences.</summary>
    public static TheoryData<string> Makers =>
    [
        "src/Warehouse.Analysis/Rfm/RfmCharts.cs",
        "src/Warehouse.Analysis/ValueTiers/TierCharts.cs",
        "src/Warehouse.Analysis/Cohorts/CohortCharts.cs",
        "src/Warehouse.Analysis/Lifecycle/LifecycleCharts.cs",
        "src/Warehouse.Analysis/Lifecycle/StageReason.cs",
        "src/Warehouse.Analysis/Lifetimes/LifetimeCharts.cs",
        "src/Warehouse.Campaigns/Measurement/Claim.cs",
        "src/Warehouse.Campaigns/Plans/PlannedPower.cs",
        "src/Warehouse.Campaigns/Plans/ProfitDepth.cs",
        "src/Warehouse.Verbs/Output/CampaignCharts.cs",
        "src/Warehouse.Verbs/Output/MeasurementCharts.cs",
        "src/Warehouse.Verbs/Output/SegmentCharts.cs",
        "models/Warehouse.Models/Churn/Reports/ChurnReports.cs",
        "models/Warehouse.Models/Churn/Reports/ModelCard.cs",
        "models/Warehouse.Models/Churn/Reports/TestParts.cs",
        "models/Warehouse.Models/Churn/Scoring/FeatureWords.cs",
    ];

    [Theory]
    [MemberData(nameof(Makers))]
    public void WhatIsSaidInTheCode_HasATranslation(string maker)
    {
        var words = Keys("Words.zh-Hant.resx").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var said = File.ReadLines(Repository.PathOf(maker.Split('/')))
            .Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .SelectMany(line => Literal().Matches(line))
            .Select(match => Hole().Replace(Regex.Unescape(match.Groups["text"].Value), "7"))
            .Where(text => Sentence().IsMatch(text))
            .Distinct(StringComparer.Ordinal);
        string[] left = [.. said.Where(text => !words.Contains(text) && Chinese.Translate(text.Trim()) == text.Trim())];

        Assert.Empty(left);
    }

    [Fact]
    public void EveryTranslation_IsReached()
    {
        string[] left = [.. Keys("Sentences.zh-Hant.resx").Select(key => Place().Replace(key, "7")).Where(sentence => Chinese.Translate(sentence) == sentence)];

        Assert.Empty(left);
    }

    [Theory]
    [InlineData("not in open_complaints; last bought 308 days before; allowed email on 2024-08-16", "不在「open_complaints」中；308 天前最後購買；於 2024-08-16 同意電子郵件")]
    [InlineData("Champions (R 5, F 5, M 5): last bought the day before; value 5,861.44", "冠軍顧客（R 5、F 5、M 5）：前一天最後購買；價值 5,861.44")]
    [InlineData("bought once for 12.50 on 2026-06-01; returned 3 times for 40.00, last on 2026-06-02", "購買 1 次，12.50，於 2026-06-01；退貨 3 次，共 40.00，最近於 2026-06-02")]
    [InlineData("now rfm_segment At Risk or Cannot Lose Them", "現在RFM 區隔為有流失風險或不能失去")]
    [InlineData("Expected at least 0, found \"-2.05\"", "應至少為 0，實為 \"-2.05\"")]
    [InlineData("An arm has nobody, or nobody buys: nothing can be shown afterwards.", "某組沒有人，或沒有人購買：事後無法證明任何效果。")]
    [InlineData("A ribbon is as wide as the customers on it are many; those who stayed are among them.", "帶狀的寬度代表顧客人數；也包含留在原階段的人。")]
    [InlineData("There is no customer \"C1\". Did you mean \"C2\" or \"C3\"?", "沒有顧客「C1」。您是指 \"C2\" 或 \"C3\" 嗎？")]
    [InlineData("There is no version 9 of churn. There are 1, 2.", "「churn」沒有版本 9。現有 1, 2。")]
    [InlineData("There is no segment \"nothing\". The segments are a, b and 5 more.", "沒有客群「nothing」。現有客群：a, b，以及另外 5 個。")]
    [InlineData(
        "by, character 1: \"product\" has no attribute \"categor\". Did you mean \"category\" or \"subcategory\"?\n  product.categor\n  ^",
        "by，第 1 個字元：「product」沒有屬性「categor」。您是指 \"category\" 或 \"subcategory\" 嗎？\n  product.categor\n  ^")]
    public void ASentence_IsComposedOfItsParts(string sentence, string translation) => Assert.Equal(translation, Chinese.Translate(sentence));

    [Theory]
    [InlineData("lapsing_gardeners")]
    [InlineData("Tomato and basil sauce")]
    [InlineData("Southampton, GB")]
    [InlineData("Truth or Dare, the game")]
    [InlineData("Customers who were among the best, are staying away, and may be written to.")]
    [InlineData("")]
    public void WhatPeopleWrote_StaysAsItIs(string text) => Assert.Equal(text, Chinese.Translate(text));

    [Fact]
    public void InEnglish_NothingIsTranslated() => Assert.Equal("on the list", Sentences.Of(CultureInfo.GetCultureInfo("en")).Translate("on the list"));

    private static IEnumerable<string> Keys(string file) =>
        XDocument.Load(Repository.PathOf("src", "Warehouse.Pages", file)).Root!.Elements("data").Select(entry => entry.Attribute("name")!.Value);

    [GeneratedRegex("\"(?<text>(?:\\{[^{}\"]*(?:\"[^\"]*\"[^{}\"]*)*\\}|[^\"\\\\{}]|\\\\.)*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Literal();

    [GeneratedRegex("\\{[^{}]*\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hole();

    /// <summary>Two words at least; no format of a time.</summary>
    [GeneratedRegex("^(?!yyyy).*\\p{L}{2,} \\p{L}{2,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentence();

    [GeneratedRegex("\\{\\d\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();
}
