using System.CommandLine;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Warehouse.Definitions;

namespace Warehouse.Service.Api;

/// <summary>How an answer is written, as the command line names it and as HTTP does.</summary>
/// <param name="Name">The value of <c>--format</c>.</param>
/// <param name="MediaType">The content type.</param>
internal sealed record AnswerForm(string Name, string MediaType)
{
    /// <summary>The form that programs get who do not say any.</summary>
    public static AnswerForm Json { get; } = new("json", "application/json; charset=utf-8");

    /// <summary>Verbs that answer in words alone.</summary>
    public static AnswerForm Words { get; } = new("words", "text/plain; charset=utf-8");

    /// <summary>All forms.</summary>
    public static IReadOnlyList<AnswerForm> All { get; } =
    [
        Json,
        new("ndjson", "application/x-ndjson; charset=utf-8"),
        new("csv", "text/csv; charset=utf-8"),
        new("arrow", "application/vnd.apache.arrow.stream"),
        new("parquet", "application/vnd.apache.parquet"),
        new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        new("html", "text/html; charset=utf-8"),
        new("display", "application/vnd.warehouse.display+json; charset=utf-8"),
        new("table", "text/plain; charset=utf-8"),
    ];

    /// <summary>The forms in which a verb answers.</summary>
    public static IReadOnlyList<AnswerForm> Of(Command verb)
    {
        var format = verb.Options.FirstOrDefault(option => option.Name == "--format");
        return format is null ? [Words] : [.. All.IntersectBy(new VerbParameter(format, "format").Choices, form => form.Name)];
    }

    /// <summary>
    /// The form that a request asks for: by <c>?format=</c>, else by what it accepts most, else JSON. Null where it accepts none of those
    /// that there are.
    /// </summary>
    /// <exception cref="WrongCommandException">No format has this name.</exception>
    public static AnswerForm? Of(HttpRequest request, IReadOnlyCollection<string> offered)
    {
        if (request.Query["format"].ToString() is { Length: > 0 } name)
        {
            return All.FirstOrDefault(form => form.Name == name && offered.Contains(name))
                ?? throw new WrongCommandException($"There is no format \"{name}\" here. {NearNames.Hint(name, offered, "formats")}");
        }

        var accepted = request.GetTypedHeaders().Accept;
        return accepted is null or { Count: 0 }
            ? All.First(form => offered.Contains(form.Name))
            : accepted
                .OrderByDescending(range => range.Quality ?? 1)
                .Select(range => All.FirstOrDefault(form => offered.Contains(form.Name) && MediaTypeHeaderValue.Parse(form.MediaType).MediaType is { } type && new MediaTypeHeaderValue(type).IsSubsetOf(range)))
                .FirstOrDefault(form => form is not null);
    }
}
