using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Components.Authorization;

namespace Warehouse.Pages.Asking;

/// <summary>
/// Asks the service's API as the visitor of the page: what a page shows is what a program is answered, under the same rights.
/// </summary>
/// <param name="api">The API.</param>
/// <param name="visitor">Who looks at the page.</param>
public sealed class Answers(HttpMessageInvoker api, AuthenticationStateProvider visitor)
{
    private const string NotesHeader = "Warehouse-Notes";
    private const string ReserveHeader = "Warehouse-Reserve";
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    /// <summary>By whom a request is made, for the one who answers it.</summary>
    public static HttpRequestOptionsKey<ClaimsPrincipal> Asker { get; } = new("asker");

    /// <summary>Who is told of the steps of work, as they are done.</summary>
    public static HttpRequestOptionsKey<IProgress<string>> Follower { get; } = new("follower");

    /// <summary>Asks for a table.</summary>
    /// <param name="verb">The verb, as on the command line: <c>segment preview</c>.</param>
    /// <param name="parameters">What is said, by the names of the verb's parameters; what is null or empty is not said.</param>
    /// <param name="stop">Stops the question.</param>
    /// <exception cref="AskException">It was not answered.</exception>
    public async Task<Table> TableAsync(string verb, Said parameters, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Get, verb, parameters, "display", stop);
        var table = await response.Content.ReadFromJsonAsync<Table>(Form, stop) ?? throw Empty(verb);
        return table with { Notes = Notes(response) };
    }

    /// <summary>Asks for charts with their tables.</summary>
    /// <inheritdoc cref="TableAsync"/>
    public async Task<ShownReport> ReportAsync(string verb, Said parameters, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Get, verb, parameters, "display", stop);
        return await response.Content.ReadFromJsonAsync<ShownReport>(Form, stop) ?? throw Empty(verb);
    }

    /// <summary>Asks for one object.</summary>
    /// <inheritdoc cref="TableAsync"/>
    public async Task<JsonElement> ObjectAsync(string verb, Said parameters, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Get, verb, parameters, "json", stop);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Form, stop);
    }

    /// <summary>Asks for one object of a known shape.</summary>
    /// <inheritdoc cref="TableAsync"/>
    public async Task<T> ObjectAsync<T>(string verb, Said parameters, CancellationToken stop) =>
        (await ObjectAsync(verb, parameters, stop)).Deserialize<T>(Form) ?? throw Empty(verb);

    /// <summary>Asks for words: a verb that answers in words alone, or what <c>--explain</c> says.</summary>
    /// <inheritdoc cref="TableAsync"/>
    public Task<string> WordsAsync(string verb, Said parameters, CancellationToken stop) => TextAsync(verb, parameters, null, stop);

    /// <summary>Asks for a text in a format, such as csv; in null for words alone.</summary>
    /// <inheritdoc cref="TableAsync"/>
    public async Task<string> TextAsync(string verb, Said parameters, string? format, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Get, verb, parameters, format, stop);
        return await response.Content.ReadAsStringAsync(stop);
    }

    /// <summary>Has something done.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="parameters">What is said to it.</param>
    /// <param name="stop">Stops the work.</param>
    /// <param name="follower">Who is told of its steps.</param>
    /// <exception cref="AskException">It was not done.</exception>
    public async Task<Done> DoAsync(string verb, Said parameters, CancellationToken stop, IProgress<string>? follower = null)
    {
        using var response = await SendAsync(HttpMethod.Post, verb, parameters, null, stop, follower);
        return new Done(await response.Content.ReadAsStringAsync(stop), Notes(response), response.Headers.Contains(ReserveHeader));
    }

    /// <summary>The address at which a browser gets the same answer as a file.</summary>
    public static string Address(string verb, Said parameters, string? format) =>
        $"/api/v1/{verb.Replace(' ', '/')}?{string.Join('&', Pairs(parameters, format).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"))}";

    private static InvalidOperationException Empty(string verb) => new($"'{verb}' answered nothing.");

    private static IEnumerable<KeyValuePair<string, string>> Pairs(Said parameters, string? format) =>
        format is null ? parameters.Texts : parameters.Texts.Append(new("format", format));

    private static string[] Notes(HttpResponseMessage response) => response.Headers.TryGetValues(NotesHeader, out var notes)
        ? Uri.UnescapeDataString(string.Join('\n', notes)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        : [];

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string verb, Said parameters, string? format, CancellationToken stop, IProgress<string>? follower = null)
    {
        // What reads is asked by POST, too, where a file is sent with it.
        var isRead = method == HttpMethod.Get && parameters.Files.Count == 0;
        using var request = new HttpRequestMessage(isRead ? method : HttpMethod.Post, new Uri($"http://warehouse{Address(verb, isRead ? parameters : [], format)}"));
        if (!isRead)
        {
            request.Content = Content(parameters);
        }

        request.Headers.AcceptLanguage.ParseAdd(CultureInfo.CurrentUICulture.Name);
        request.Options.Set(Asker, (await visitor.GetAuthenticationStateAsync()).User);
        if (follower is not null)
        {
            request.Options.Set(Follower, follower);
        }

        var response = await api.SendAsync(request, stop);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new AskException(await ProblemAsync(response, stop));
        }
    }

    private static HttpContent Content(Said parameters)
    {
        if (parameters.Files.Count == 0)
        {
            return JsonContent.Create(parameters.Texts.GroupBy(pair => pair.Key, pair => pair.Value).ToDictionary(group => group.Key, group => group.ToArray()));
        }

        var form = new MultipartFormDataContent();
        foreach (var (name, text) in parameters.Texts)
        {
            form.Add(new StringContent(text), name);
        }

        foreach (var (name, file, bytes) in parameters.Files)
        {
            form.Add(new StreamContent(bytes), name, file);
        }

        return form;
    }

    private static async Task<AskProblem> ProblemAsync(HttpResponseMessage response, CancellationToken stop)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Form, stop);
            string? Text(string name) => problem.TryGetProperty(name, out var value) ? value.GetString() : null;
            return new AskProblem((int)response.StatusCode, Text("code") ?? "", Text("detail") ?? Text("title") ?? response.StatusCode.ToString())
            {
                Faults = problem.TryGetProperty("faults", out var faults) ? faults.Deserialize<AskFault[]>(Form)! : [],
            };
        }
        catch (JsonException)
        {
            return new AskProblem((int)response.StatusCode, "", response.StatusCode == HttpStatusCode.TooManyRequests ? "Too many questions at once; try again." : response.StatusCode.ToString());
        }
    }
}

/// <summary>What the doing of something said.</summary>
/// <param name="Body">The answer, as the verb writes it to programs.</param>
/// <param name="Notes">What was told beside it.</param>
/// <param name="HasReserve">Whether it was done with a reserve: more rejects than allowed, or a claim refused.</param>
public sealed record Done(string Body, IReadOnlyList<string> Notes, bool HasReserve);
