using Microsoft.JSInterop;

namespace Warehouse.Pages.Parts;

/// <summary>The visitor's browser, as far as the pages' script reaches. Where the line is cut nothing is done.</summary>
public sealed class Browser(IJSRuntime runtime) : IAsyncDisposable
{
    private IJSObjectReference? _script;

    /// <summary>Has the script do something.</summary>
    public async Task DoAsync(string what, params object?[] with)
    {
        try
        {
            await (await ScriptAsync()).InvokeVoidAsync(what, with);
        }
        catch (JSDisconnectedException)
        {
            // There is nobody left to do it for.
        }
    }

    /// <summary>Asks the script for something.</summary>
    public async Task<T?> AskAsync<T>(string what, params object?[] with)
    {
        try
        {
            return await (await ScriptAsync()).InvokeAsync<T?>(what, with);
        }
        catch (JSDisconnectedException)
        {
            return default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_script is not null)
            {
                await _script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has let go of it already.
        }
    }

    private async Task<IJSObjectReference> ScriptAsync() => _script ??= await runtime.InvokeAsync<IJSObjectReference>("import", BrowserFiles.Script.Address);
}
