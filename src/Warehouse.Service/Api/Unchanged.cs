using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Warehouse.Service.Api;

/// <summary>The caller has the answer already.</summary>
internal sealed class Unchanged(string tag) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
        httpContext.Response.Headers[HeaderNames.ETag] = tag;
        return Task.CompletedTask;
    }
}
