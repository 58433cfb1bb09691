using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Warehouse.Acceptance.Pages;

/// <summary>A line between the browser and the service that can be cut and mended.</summary>
internal sealed class Line : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly int _port;
    private readonly Task _accepting;
    private volatile bool _isCut;

    private Line(int port)
    {
        _port = port;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the browser finds the service over this line.</summary>
    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public static Line To(Uri service) => new(service.Port);

    /// <summary>Ends every connection; none is made until it is mended.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var connection in _open.Keys)
        {
            connection.Dispose();
        }
    }

    public void Mend() => _isCut = false;

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptTcpClientAsync();
                if (_isCut)
                {
                    browser.Dispose();
                }
                else
                {
                    _ = CarryAsync(browser);
                }
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task CarryAsync(TcpClient browser)
    {
        using var service = new TcpClient();
        _open[browser] = _open[service] = true;
        try
        {
            await service.ConnectAsync(IPAddress.Loopback, _port);
            var (near, far) = (browser.GetStream(), service.GetStream());
            await Task.WhenAny(near.CopyToAsync(far), far.CopyToAsync(near));
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            // One end has let go.
        }
        finally
        {
            browser.Dispose();
            _open.TryRemove(browser, out _);
            _open.TryRemove(service, out _);
        }
    }
}
