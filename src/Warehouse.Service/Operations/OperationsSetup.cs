using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Warehouse.Service.Operations;

/// <summary>What those who keep the service running see of it.</summary>
internal static class OperationsSetup
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<ServiceMeter>();
        services.AddSingleton<Measurements>();
        services.AddHostedService<Telemetry>();
    }

    /// <summary>A line of JSON for each event, on standard error: of requests their routes, never what was said in them.</summary>
    public static void AddStructuredLog(this ILoggingBuilder logging)
    {
        logging.AddFilter(null, LogLevel.Warning).AddFilter("Warehouse", LogLevel.Information).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            json.IncludeScopes = false;
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
