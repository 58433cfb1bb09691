using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary>Secrets and persons are planted wherever a service is told something, and then looked for wherever it tells or keeps something.</summary>
public class SecretTests
{
    private const string Password = "planted password 4711";
    private const string Person = "Planted-Person-0815";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task WhatIsSecret_IsInNoLog_NoAnswer_NoFile_AndNoBackup()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        (await shop.RunAsync("user", "add", "ann", "--role", "admin")).Done();
        await SetPasswordAsync(shop, "ann");
        var key = (await shop.RunAsync("user", "key", "ann")).Done().Output.Trim();
        using var service = CommandLine.Start("serve", "--urls", "http://127.0.0.1:0", "-w", shop.Path);
        using var patience = new CancellationTokenSource(Patience);
        var first = await service.StandardOutput.ReadLineAsync(patience.Token);
        var said = service.StandardOutput.ReadToEndAsync(patience.Token);
        var logged = service.StandardError.ReadToEndAsync(patience.Token);
        using var noted = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(shop.Path, "service.json")));
        var (url, token) = (noted.RootElement.GetProperty("url").GetString()!, noted.RootElement.GetProperty("token").GetString()!);
        var entry = new Uri((await shop.RunAsync("open")).Done().Output.Trim());

        var (answers, cookies) = await AskAsync(new Uri(url), key, entry);
        (await shop.RunAsync("backup", "--out", "backups")).Done();
        using (var ask = Process.Start("kill", ["-TERM", service.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await ask.WaitForExitAsync();
        }

        await service.WaitForExitAsync(patience.Token);
        var log = await logged;

        // A line for each event: nobody's words have begun one.
        Assert.All(log.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose());
        var secrets = new[] { Password, key.Split('_')[2], token, entry.Query[6..].Split('.')[^1] }.Concat(cookies).ToArray();
        Assert.Equal(6, secrets.Length);
        Nowhere([.. secrets, Person, "INJECTED"], [("log", log), ("output", first + await said)]);
        Nowhere(secrets, [("answers", answers), .. Files(shop.Path), .. Backups(shop.Path)]);
    }

    private static async Task<(string Answers, string[] Cookies)> AskAsync(Uri service, string key, Uri entry)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = service };
        var told = new StringBuilder();
        var cookies = new List<string>();
        async Task SendAsync(HttpMethod method, string address, HttpContent? content = null, string? secret = null, params (string Name, string Value)[] headers)
        {
            using var request = new HttpRequestMessage(method, address) { Content = content };
            request.Headers.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            using var response = await client.SendAsync(request);
            told.Append(await response.Content.ReadAsStringAsync()).Append(response.Headers.Location);
            cookies.AddRange(response.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(cookie => cookie.Split(';')[0].Split('=')[1]) : []);
        }

        var who = Uri.EscapeDataString($"customer.id = '{Person}'");
        await SendAsync(HttpMethod.Get, $"/api/v1/query?cube=sales&measures=lines&where={who}", secret: key);
        await SendAsync(HttpMethod.Get, $"/api/v1/query?cube=sales&measures={Person}", secret: key);
        await SendAsync(HttpMethod.Get, $"/api/v1/customer/show?id={Person}", secret: key);
        await SendAsync(HttpMethod.Get, $"/api/v1/nothing%0d%0a%7b%22INJECTED%22:1%7d/{Person}", secret: key);
        await SendAsync(HttpMethod.Get, "/api/v1/status", secret: key + "x");
        await SendAsync(HttpMethod.Get, "/api/v1/status", secret: key, headers: [("User-Agent", "INJECTED {\"a\":1}"), ("X-Forwarded-For", "INJECTED"), ("Accept", "text/INJECTED")]);
        await SendAsync(HttpMethod.Post, "/session", JsonContent.Create(new { name = Person, password = Password + "!" }));
        await SendAsync(HttpMethod.Post, "/session", JsonContent.Create(new { name = "ann", password = Password }));
        await SendAsync(HttpMethod.Post, "/session", new FormUrlEncodedContent([KeyValuePair.Create("name", "ann"), KeyValuePair.Create("password", Password + "?"), KeyValuePair.Create("return", $"/{Person}")]));
        await SendAsync(HttpMethod.Post, "/session", new StringContent($"{{\"name\": \"ann\", \"password\": \"{Password}", Encoding.UTF8, "application/json"));
        await SendAsync(HttpMethod.Get, entry.PathAndQuery);
        await SendAsync(HttpMethod.Get, entry.PathAndQuery);
        await SendAsync(HttpMethod.Post, "/api/v1/backup", null, key, ("Idempotency-Key", Guid.NewGuid().ToString()));
        await SendAsync(HttpMethod.Post, "/api/v1/query", new StringContent($"{{\"cube\": \"{Person}\", \"key\": \"{key}\"", Encoding.UTF8, "application/json"), key);
        return (told.ToString(), [.. cookies]);
    }

    private static void Nowhere(string[] planted, IEnumerable<(string Place, string Text)> places)
    {
        foreach (var (place, text) in places)
        {
            foreach (var secret in planted.SelectMany(plain => new[] { plain, Uri.EscapeDataString(plain), plain.Replace(' ', '+'), Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)) }))
            {
                Assert.False(text.Contains(secret, StringComparison.Ordinal), $"{place} has {secret}");
            }
        }
    }

    private static IEnumerable<(string Place, string Text)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".zip", StringComparison.Ordinal))
            .Select(path => (path, Encoding.Latin1.GetString(File.ReadAllBytes(path))));

    private static IEnumerable<(string Place, string Text)> Backups(string folder)
    {
        var files = Directory.GetFiles(Path.Combine(folder, "backups"), "*.zip");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var archive = ZipFile.OpenRead(file);
            Assert.DoesNotContain(archive.Entries, entry => entry.FullName.Contains(".sessions", StringComparison.Ordinal) || entry.FullName.Contains(".writes", StringComparison.Ordinal) || entry.FullName.Contains("access", StringComparison.Ordinal) || entry.FullName.Contains("service.json", StringComparison.Ordinal));
            foreach (var entry in archive.Entries)
            {
                using var bytes = new MemoryStream();
                using (var content = entry.Open())
                {
                    content.CopyTo(bytes);
                }

                yield return ($"{file}: {entry.FullName}", Encoding.Latin1.GetString(bytes.ToArray()));
            }
        }
    }

    private static async Task SetPasswordAsync(SmallShop shop, string user)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "warehouse.exe" : "warehouse"), ["user", "password", user, "-w", shop.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(Password);
        process.StandardInput.Close();
        Assert.DoesNotContain(Password, await process.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
