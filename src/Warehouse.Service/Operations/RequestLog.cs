using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Warehouse.Service.Operations;

/// <summary>A line for each request: which route, how it ended, how long it took. Nothing that the caller said is in it.</summary>
internal static partial class RequestLog
{
    public static void UseRequestLog(this WebApplication application)
    {
        // They hear from now on: what is counted before anybody asks is not lost.
        _ = application.Services.GetRequiredService<ServiceMeter>();
        _ = application.Services.GetRequiredService<Measurements>();
        var log = application.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Warehouse.Service.Requests");
        application.Use(async (context, next) =>
        {
            var began = Stopwatch.GetTimestamp();
            try
            {
                await next(context);
            }
            finally
            {
                Answered(log, context.Request.Method, RouteOf(context), context.Response.StatusCode, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        });
    }

    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";

    [LoggerMessage(10, LogLevel.Information, "{Method} {Route} answered {Status} after {Milliseconds} ms")]
    private static partial void Answered(ILogger log, string method, string route, int status, long milliseconds);
}
