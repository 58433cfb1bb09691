using System.Net;
using System.Text.Json;

namespace Warehouse.Client;

/// <summary>Makes an exception of an answer that is a problem (RFC 9457), or of none.</summary>
internal static class Problems
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    public static WarehouseException Of(HttpRequestException fault) =>
        new(null, "unreachable", $"The service did not answer: {fault.Message}", [], null, fault);

    public static WarehouseException Of(IOException fault) =>
        new(null, "unreachable", $"The service did not answer to the end: {fault.Message}", [], null, fault);

    public static async Task<WarehouseException> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var wait = response.Headers.RetryAfter?.Delta;
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<ProblemDetails>(body, Form) is { Code: { } code } problem
                ? new WarehouseException(response.StatusCode, code, problem.Detail ?? problem.Title ?? code, problem.Faults ?? [], wait)
                : Unknown(response.StatusCode, wait);
        }
        catch (JsonException)
        {
            return Unknown(response.StatusCode, wait);
        }
    }

    private static WarehouseException Unknown(HttpStatusCode status, TimeSpan? wait) =>
        new(status, "unknown", FormattableString.Invariant($"The service answered {(int)status}, and no problem that it knows."), [], wait);

    private sealed record ProblemDetails(string? Code, string? Title, string? Detail, IReadOnlyList<DefinitionFault>? Faults);
}
