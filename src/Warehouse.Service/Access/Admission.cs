using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Warehouse.Service.Api;
using Warehouse.Store;

namespace Warehouse.Service.Access;

/// <summary>How much one user may ask at once and in a minute, so that one cannot keep out the others. Who asks for more is told 429 and when to come again.</summary>
internal static class Admission
{
    private const int MostPages = 100;

    public static void AddAdmission(this IServiceCollection services, ServiceDefinition definition) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(Subject(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Math.Max(1, definition.RequestsPerMinute / 6),
                TokensPerPeriod = Math.Max(1, definition.RequestsPerMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })),
            PartitionedRateLimiter.Create<HttpContext, string>(context => IsLineOfPage(context)
                ? RateLimitPartition.GetConcurrencyLimiter($"pages of {Subject(context)}", _ => new ConcurrencyLimiterOptions { PermitLimit = MostPages })
                : RateLimitPartition.GetConcurrencyLimiter(Subject(context), _ => new ConcurrencyLimiterOptions
                {
                    PermitLimit = definition.QueriesAtOnce,
                    QueueLimit = definition.Waiting,
                    QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                })));
        limiter.OnRejected = async (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            {
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            await Problem.Of(
                    StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests",
                    "You have as many requests under way, or made as many in this minute, as one user may. Come again in a moment.")
                .ExecuteAsync(rejected.HttpContext);
        };
    });

    /// <summary>A page that is open holds its line all the time and asks nothing by that: else the fifth page of a user would wait until one is closed.</summary>
    private static bool IsLineOfPage(HttpContext context) => context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whoever signed in is one subject; all others of an address are one.</summary>
    private static string Subject(HttpContext context) =>
        context.User.Identity?.Name is { } name ? $"user:{name}" : $"address:{context.Connection.RemoteIpAddress}";
}
