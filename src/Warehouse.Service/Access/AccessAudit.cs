using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Warehouse.Definitions;

namespace Warehouse.Service.Access;

/// <summary>Brings what was done to access into the audit log, every few seconds while the service runs, and when it stops.</summary>
internal sealed partial class AccessAudit(AccessJournal journal, TimeProvider time, ILogger<AccessAudit> log) : BackgroundService
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await BringAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Between, time);
        try
        {
            do
            {
                await BringAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private async Task BringAsync(CancellationToken cancellationToken)
    {
        try
        {
            await journal.BringAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is UserFaultException or IOException)
        {
            Waits(log, fault.Message);
        }
    }

    [LoggerMessage(30, LogLevel.Warning, "What was done to access is not in the audit log yet: {Why}")]
    private static partial void Waits(ILogger log, string why);
}
