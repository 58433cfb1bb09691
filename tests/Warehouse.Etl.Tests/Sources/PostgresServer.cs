using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Warehouse.Testing;

namespace Warehouse.Etl.Tests.Sources;

/// <summary>A PostgreSQL server of its own, from Debian's package, in a temporary folder and on a free port.</summary>
public sealed class PostgresServer : IAsyncLifetime, IDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    private readonly FreshFolder _folder = new();
    private readonly int _port = FreePort();

    /// <summary>Why it does not run; null where it does.</summary>
    public string? Missing { get; private set; }

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Database=postgres;Username=tester");

    private string Data => Path.Combine(_folder.Path, "data");

    public async Task InitializeAsync()
    {
        if (!File.Exists(Path.Combine(Programs, "initdb")))
        {
            Missing = $"PostgreSQL 15 is not installed ({Programs}/initdb).";
            return;
        }

        if (Environment.UserName == "root")
        {
            // The server refuses to run as root.
            await RunAsync("chown", "postgres", _folder.Path);
        }

        await RunAsServerAsync("initdb", "-D", Data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync");
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (Missing is null)
        {
            await StopAsync();
        }
    }

    public void Dispose() => _folder.Dispose();

    public Task StartAsync() => RunAsServerAsync(
        "pg_ctl", "-D", Data, "-w", "-l", Path.Combine(_folder.Path, "log"), "-o",
        string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"), "start");

    public Task StopAsync() => RunAsServerAsync("pg_ctl", "-D", Data, "-w", "-m", "immediate", "stop");

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static Task RunAsServerAsync(string program, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(Programs, program), .. arguments])
        : RunAsync(Path.Combine(Programs, program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}."));
    }
}
