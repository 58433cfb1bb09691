using System.Text.RegularExpressions;

namespace Warehouse.Acceptance.Pages;

/// <summary>What a page weighs on its way.</summary>
[Collection(nameof(ServedSample))]
public partial class WeightTests(ServedSample sample)
{
    private const int MostBytes = 500_000;

    [SkippableFact]
    public async Task TheScriptsOfAPage_AreUnder500KB_Compressed()
    {
        await using var page = await sample.EnterAsync();
        await page.GoAsync("/");
        var bytes = 0L;
        using var client = new HttpClient { BaseAddress = sample.Url };
        foreach (var script in Script().Matches(await page.Page.ContentAsync()).Select(match => match.Groups["address"].Value).Distinct(StringComparer.Ordinal))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, script);
            request.Headers.AcceptEncoding.ParseAdd("br");
            using var response = await client.SendAsync(request);
            bytes += (await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync()).Length;
            Assert.Contains("immutable", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }

        Assert.InRange(bytes, 1, MostBytes);
    }

    [GeneratedRegex("<script[^>]* src=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();
}
