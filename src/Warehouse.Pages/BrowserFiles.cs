using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Warehouse.Pages;

/// <summary>The files that browsers get beside the pages. Each has an address by its content, so that browsers keep it for ever.</summary>
internal static class BrowserFiles
{
    public static BrowserFile Style { get; } = new("look.css", "text/css; charset=utf-8");

    public static BrowserFile Script { get; } = new("pages.js", "text/javascript; charset=utf-8");

    public static BrowserFile Blazor { get; } = new("blazor.web.js", "text/javascript; charset=utf-8");

    public static void MapBrowserFiles(this IEndpointRouteBuilder routes)
    {
        foreach (var file in new[] { Style, Script, Blazor })
        {
            routes.MapGet(file.Address, file.SendAsync).AllowAnonymous().ExcludeFromDescription();
        }
    }
}

/// <summary>A file that browsers get, embedded in the assembly.</summary>
internal sealed class BrowserFile
{
    private readonly string _type;
    private readonly byte[] _plain;
    private readonly Lazy<byte[]> _compressed;

    public BrowserFile(string name, string type)
    {
        using var stream = typeof(BrowserFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly has no resource {name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        _plain = bytes.ToArray();
        _type = type;
        _compressed = new(() => Compressed(_plain));
        Address = $"/_pages/{Convert.ToHexStringLower(SHA256.HashData(_plain).AsSpan(0, 8))}/{name}";
    }

    /// <summary>Where it is.</summary>
    public string Address { get; }

    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = _type;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        var bytes = _plain;
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            bytes = _compressed.Value;
            response.Headers.ContentEncoding = "br";
        }

        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static byte[] Compressed(byte[] plain)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal))
        {
            brotli.Write(plain);
        }

        return bytes.ToArray();
    }
}
