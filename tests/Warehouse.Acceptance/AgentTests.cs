using System.Diagnostics;
using System.Text.Json;

namespace Warehouse.Acceptance;

/// <summary><c>warehouse mcp</c> as an agent starts it: one message a line.</summary>
public class AgentTests
{
    [Fact]
    public async Task AnAgent_IsAnsweredOverStandardInputAndOutput()
    {
        using var shop = new SmallShop();
        (await shop.RunAsync("load")).Done();
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "warehouse.exe" : "warehouse"), ["mcp", "-w", shop.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var agent = Process.Start(start)!;
        var first = await SayAsync(agent, """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""");
        await agent.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        var answer = await SayAsync(agent, """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"query","arguments":{"cube":"sales","measures":"lines"}}}""");
        var refused = await SayAsync(agent, """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"load","arguments":{}}}""");
        agent.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await agent.WaitForExitAsync(patience.Token);

        Assert.Equal("warehouse", first.GetProperty("result").GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Contains("[100]", answer.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("There is no tool", refused.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(0, agent.ExitCode);
    }

    private static async Task<JsonElement> SayAsync(Process agent, string message)
    {
        await agent.StandardInput.WriteLineAsync(message);
        await agent.StandardInput.FlushAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return JsonDocument.Parse((await agent.StandardOutput.ReadLineAsync(patience.Token))!).RootElement.Clone();
    }
}
