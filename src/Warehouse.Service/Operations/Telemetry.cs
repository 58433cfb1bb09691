using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Warehouse.Service.Operations;

/// <summary>Sends traces and metrics by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to; its other settings are OpenTelemetry's own variables.</summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(Endpoint) is { Length: > 0 })
        {
            var resource = ResourceBuilder.CreateDefault().AddService("warehouse");
            _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
                .AddSource(ServiceMeter.Name, "Warehouse.Cubes", "Microsoft.AspNetCore").AddProcessor(new WithoutQuery()).AddOtlpExporter().Build();
            _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
                .AddMeter(ServiceMeter.Name, "Warehouse.Cubes", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.RateLimiting").AddOtlpExporter().Build();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
        (_traces, _metrics) = (null, null);
    }

    /// <summary>Takes out what a caller said: it may be of a person.</summary>
    private sealed class WithoutQuery : BaseProcessor<System.Diagnostics.Activity>
    {
        private static readonly string[] Said = ["url.query", "url.full", "url.path", "user_agent.original", "client.address"];

        public override void OnEnd(System.Diagnostics.Activity data)
        {
            foreach (var tag in Said)
            {
                data.SetTag(tag, null);
            }
        }
    }
}
