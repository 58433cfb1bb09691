using System.Diagnostics;
using Xunit;

namespace Warehouse.Testing;

/// <summary>What a page became in the browser.</summary>
/// <param name="Document">The document after its script ran.</param>
/// <param name="Console">What the page wrote to the console, a line each.</param>
public sealed record RenderedPage(string Document, IReadOnlyList<string> Console);

/// <summary>Chromium without a window and without a network. Tests that need it are skipped where it is not installed.</summary>
public static class Chromium
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Opens a page and lets its scripts run.</summary>
    public static async Task<RenderedPage> RenderAsync(string html)
    {
        var program = Find();
        Skip.If(program is null, "needs Chromium on the PATH (Debian: apt-get install chromium)");
        var folder = Directory.CreateTempSubdirectory("warehouse-charts-");
        try
        {
            var page = Path.Combine(folder.FullName, "report.html");
            await File.WriteAllTextAsync(page, html);
            var start = new ProcessStartInfo(
                program,
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr",
                    $"--user-data-dir={Path.Combine(folder.FullName, "profile")}", "--virtual-time-budget=10000", "--window-size=1200,2400", "--dump-dom",
                    new Uri(page).AbsoluteUri,
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var process = Process.Start(start)!;
            var document = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
            return new RenderedPage(
                await document, [.. (await errors).Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The program; null where it is not installed.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
