using System.Diagnostics;

namespace Warehouse.DuckDb.Tests.Connections;

/// <summary>Another process that has a database open: this assembly, started as a program.</summary>
internal sealed class HeldDatabase : IDisposable
{
    private readonly Process _process;

    public HeldDatabase(string connectionString)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(HeldDatabase).Assembly.Location, connectionString])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", _process.StandardOutput.ReadLine());
    }

    public int ProcessId => _process.Id;

    /// <summary>The program: opens the database, says so, and holds it until its input ends.</summary>
    public static void Main(string[] arguments)
    {
        using var connection = new DuckDBConnection(arguments[0]);
        connection.Open();
        Console.WriteLine("held");
        Console.In.ReadToEnd();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
