using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Warehouse.Definitions;
using Warehouse.Pages;
using Warehouse.Service.Access;
using Warehouse.Service.Agents;
using Warehouse.Service.Api;
using Warehouse.Service.Forwarding;
using Warehouse.Service.Jobs;
using Warehouse.Service.Operations;
using Warehouse.Service.Pages;
using Warehouse.Service.Sessions;
using Warehouse.Store;

namespace Warehouse.Service;

/// <summary>One process that owns a workspace's database and answers over HTTP whatever the command line can be asked.</summary>
public sealed class WarehouseService : IAsyncDisposable
{
    private const int LeastThreads = 32;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly WebApplication _application;
    private readonly RunningDatabase _database;
    private readonly Workspace _workspace;

    private WarehouseService(WebApplication application, RunningDatabase database, Workspace workspace, OwnerToken owner, IReadOnlyList<Uri> urls) =>
        (_application, _database, _workspace, Owner, Urls) = (application, database, workspace, owner, urls);

    /// <summary>Where it listens, with the port that it got.</summary>
    public IReadOnlyList<Uri> Urls { get; }

    /// <summary>How the owner of the workspace is let in.</summary>
    public OwnerToken Owner { get; }

    /// <summary>The parts of it.</summary>
    internal IServiceProvider Services => _application.Services;

    /// <summary>Opens the database, and listens.</summary>
    /// <exception cref="UserFaultException">The workspace is served already, its database cannot be opened, or the service would be open to others without protection.</exception>
    public static async Task<WarehouseService> StartAsync(ServiceOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var workspace = options.Workspace;
        var access = new AccessFile(workspace, options.Time);
        var urls = options.Urls.Count > 0 ? options.Urls : workspace.Definition.Service.Urls;
        Exposure.Require(workspace, urls, access.Current);
        KeepThreadsForAnswers();
        if (OwnerToken.Find(workspace) is { } other)
        {
            throw new UserFaultException($"The workspace is served already, at {other.Url} by process {other.Process}.");
        }

        var database = await RunningDatabase.StartAsync(workspace, options.Time, cancellationToken);
        WebApplication? application = null;
        try
        {
            OwnerToken? owner = null;
            application = Build(options, urls, database, access, () => owner!);
            await application.StartAsync(cancellationToken);
            Uri[] bound = [.. application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address))];
            owner = OwnerToken.Note(workspace, OnThisMachine(bound[0]), CertificateHash(workspace));
            return new WarehouseService(application, database, workspace, owner, bound);
        }
        catch (IOException fault)
        {
            await StopAsync(application, database);
            throw new UserFaultException($"The service cannot listen at {string.Join(", ", urls)}: {fault.Message}", fault);
        }
        catch
        {
            await StopAsync(application, database);
            throw;
        }
    }

    /// <summary>Waits until somebody asks it to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => ((IHost)_application).WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops: nothing new is taken, what is under way may end within half a minute, and the database is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        OwnerToken.Remove(_workspace);
        await StopAsync(_application, _database);
    }

    /// <summary>A question to the engine keeps its thread until it is answered: what needs no engine does not wait until the pool finds that out.</summary>
    private static void KeepThreadsForAnswers()
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, LeastThreads), ports);
    }

    private static async Task StopAsync(WebApplication? application, RunningDatabase database)
    {
        if (application is not null)
        {
            using var patience = new CancellationTokenSource(Patience);
            await application.StopAsync(patience.Token);
            await application.DisposeAsync();
        }

        await database.DisposeAsync();
    }

    private static WebApplication Build(ServiceOptions options, IReadOnlyList<Uri> urls, RunningDatabase database, AccessFile access, Func<OwnerToken> owner)
    {
        var workspace = options.Workspace;
        var definition = workspace.Definition.Service;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (options.WritesLog)
        {
            builder.Logging.AddStructuredLog();
        }

        builder.WebHost.UseUrls([.. urls.Select(url => url.ToString())]);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, definition, workspace));

        // A request goes on where it arrived and an answer is sent where it was made: between two threads it would wait for a processor.
        // Nobody else waits for it meanwhile, as each event of a socket has a work item of its own.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        var services = builder.Services;
        services.AddSingleton(options.Time);
        services.AddSingleton(workspace);
        services.AddSingleton(database);
        services.AddSingleton(access);
        services.AddSingleton(owner);
        services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = definition.LargestUpload);
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = false;
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "text/csv", "application/x-ndjson"];
        });
        services.AddAccess(workspace);
        services.AddSessions(workspace);
        services.AddAdmission(definition);
        services.AddApi(options.Time, definition);
        services.AddOperations();
        services.AddJobs(workspace, options.Time);
        services.AddPagesOf(workspace);

        var application = builder.Build();
        if (definition.Proxies.Count > 0)
        {
            application.UseForwardedHeaders(Forwarded(definition.Proxies));
        }

        application.UseRequestLog();
        application.UseSecurityHeaders();
        application.UseFaultAnswers();
        application.UseResponseCompression();
        application.UseLanguages();
        application.UseRouting();
        application.UseAuthentication();
        application.UseOwnOriginForCookies();
        application.UseAuthorization();
        application.UseRateLimiter();
        application.UsePagePolicy();
        application.UseAntiforgery();
        application.MapHealth();
        application.MapMetrics();
        application.MapSessions();
        application.MapApi();
        application.MapForwarding();
        application.MapAgents();
        application.MapPages();
        return application;
    }

    private static void Configure(KestrelServerOptions kestrel, ServiceDefinition definition, Workspace workspace)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = definition.LargestUpload;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        if (definition is { Certificate: { } certificate, Key: { } key })
        {
            kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = Certificate(workspace, certificate, key));
        }
    }

    private static X509Certificate2 Certificate(Workspace workspace, string certificate, string key) =>
        X509Certificate2.CreateFromPemFile(workspace.PathOf(certificate), workspace.PathOf(key));

    private static string? CertificateHash(Workspace workspace)
    {
        if (workspace.Definition.Service is not { Certificate: { } file, Key: { } key })
        {
            return null;
        }

        using var certificate = Certificate(workspace, file, key);
        return Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
    }

    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<IPAddress> proxies)
    {
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            forwarded.KnownProxies.Add(proxy);
        }

        return forwarded;
    }

    /// <summary>An address that listens everywhere is asked at the loopback one.</summary>
    private static string OnThisMachine(Uri bound) =>
        bound.Host is "0.0.0.0" or "[::]" or "*" ? new UriBuilder(bound) { Host = "127.0.0.1" }.Uri.ToString() : bound.ToString();
}
