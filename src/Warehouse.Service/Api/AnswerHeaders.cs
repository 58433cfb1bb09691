using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Warehouse.Service.Api;

/// <summary>What is said beside an answer, in headers.</summary>
internal static class AnswerHeaders
{
    /// <summary>Says that it was done with a reserve: more rejects than allowed, or a claim refused.</summary>
    public const string Reserve = "Warehouse-Reserve";

    /// <summary>What a reader should know beside the numbers: lines, percent-encoded.</summary>
    public const string Notes = "Warehouse-Notes";

    private const int MostNotes = 6_000;

    /// <summary>Notes as a header can hold them: whole lines, as many as fit.</summary>
    public static string OfNotes(string notes)
    {
        var told = new StringBuilder();
        foreach (var line in notes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var next = (told.Length == 0 ? "" : "%0A") + Uri.EscapeDataString(line);
            if (told.Length + next.Length > MostNotes)
            {
                break;
            }

            told.Append(next);
        }

        return told.ToString();
    }

    /// <summary>Says them, before the answer is sent.</summary>
    public static void Set(HttpResponse response, KeptAnswer answer, string? tag)
    {
        response.ContentType = answer.MediaType;
        response.Headers[HeaderNames.CacheControl] = tag is null ? "no-store" : "private, no-cache";
        response.Headers[HeaderNames.Vary] = "Accept, Authorization, Cookie";
        if (tag is not null)
        {
            response.Headers[HeaderNames.ETag] = tag;
        }

        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }
    }
}
