using Microsoft.Extensions.DependencyInjection;
using Warehouse.Store;
using Warehouse.Verbs.Jobs;

namespace Warehouse.Service.Jobs;

/// <summary>The jobs of the workspace.</summary>
internal static class JobSetup
{
    public static void AddJobs(this IServiceCollection services, Workspace workspace, TimeProvider time)
    {
        var runner = new JobRunner(workspace, time);
        runner.Require();
        services.AddSingleton(runner);
        services.AddHostedService<JobClock>();
    }
}
