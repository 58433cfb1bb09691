using System.Security.Cryptography;
using System.Text;

namespace Warehouse.Charts;

/// <summary>The script that draws charts: Apache ECharts, the parts in use, and the one look, in one file.</summary>
public static class ChartScript
{
    private static readonly Lazy<string> TheText = new(() => Resource("charts.js"));

    private static readonly Lazy<string> TheHash = new(
        () => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(TheText.Value)))}");

    /// <summary>The script. It draws every element with <c>data-chart</c>, the identifier of the script element that holds its option.</summary>
    public static string Text => TheText.Value;

    /// <summary>Its hash as a content security policy names it.</summary>
    public static string PolicyHash => TheHash.Value;

    internal static string Resource(string name)
    {
        using var stream = typeof(ChartScript).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
