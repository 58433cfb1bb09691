using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Service.Api;

namespace Warehouse.Service.Tests.Access;

/// <summary>Every parameter of every route, taken from the route table, with what a stranger would try instead of a name.</summary>
public class HostileNameTests(ServedShop shop) : IClassFixture<ServedShop>
{
    private static readonly string[] Hostile = ["../../access", "/etc/passwd", "..\\..\\access.json", "access.json\0.yaml", "@/etc/passwd", "x\r\nSet-Cookie: a=b", "--out=/tmp/hostile-name"];

    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal) { ["cube"] = "sales", ["measures"] = "lines", ["segment"] = "buyers", ["id"] = "C1" };

    [Fact]
    public async Task NoParameter_LeadsToAFile_AHeader_OrAFaultOfTheProgram()
    {
        var client = shop.ClientOf("admin");
        var before = Files();
        var wrong = new List<string>();
        foreach (var route in shop.Service.Services.GetRequiredService<VerbCatalogue>().Routes.Where(route => route.Method == "GET"))
        {
            foreach (var parameter in route.Parameters.Where(parameter => parameter.ValueType == typeof(string)))
            {
                foreach (var text in Hostile)
                {
                    using var response = await client.GetAsync(Address(route, parameter.Name, text));
                    var told = await response.Content.ReadAsStringAsync();
                    if (response.StatusCode >= HttpStatusCode.InternalServerError || response.Headers.Contains("Set-Cookie")
                        || told.Contains("root:", StringComparison.Ordinal) || told.Contains("passwordHash", StringComparison.OrdinalIgnoreCase))
                    {
                        wrong.Add($"{route.Path} {parameter.Name}={text}: {(int)response.StatusCode} {told}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(before, Files());
        Assert.False(File.Exists("/tmp/hostile-name"));
    }

    private static string Address(VerbRoute route, string name, string text)
    {
        var said = route.Parameters.Where(other => other.Name != name && other.IsRequired).Select(other => (other.Name, Text: Usual.GetValueOrDefault(other.Name, "x")))
            .Append((Name: name, Text: text));
        return $"{route.Path}?{string.Join('&', said.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Text)}"))}";
    }

    private string[] Files() =>
    [
        .. Directory.EnumerateFiles(shop.Folder.Path, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("duckdb", StringComparison.Ordinal) && !file.Contains("queries.jsonl", StringComparison.Ordinal) && !file.Contains("access.", StringComparison.Ordinal) && !file.Contains("audit.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];
}
