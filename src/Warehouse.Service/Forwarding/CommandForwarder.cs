using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Warehouse.Service.Access;

namespace Warehouse.Service.Forwarding;

/// <summary>Has a command line run by the service that holds the workspace.</summary>
internal static class CommandForwarder
{
    /// <summary>Runs it and says what it says.</summary>
    /// <param name="service">The service.</param>
    /// <param name="command">The command line.</param>
    /// <param name="output">Where its answers go.</param>
    /// <param name="error">Where its words go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The exit code; null where the service is not there any more, and nothing was begun.</returns>
    /// <exception cref="IOException">The service went away while it ran.</exception>
    public static async Task<int?> RunAsync(OwnerToken service, ForwardedCommand command, Stream output, Stream error, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler();

        // The very certificate that the service noted where its owner alone writes: surer than any authority's word, and good for a certificate of one's own.
#pragma warning disable MA0039
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is not null && service.Certificate == Convert.ToHexStringLower(SHA256.HashData(certificate.GetRawCertData()));
#pragma warning restore MA0039
        using var client = new HttpClient(handler) { BaseAddress = new Uri(service.Url), Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Post, ForwardingEndpoint.Path) { Content = JsonContent.Create(command) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", service.Token);
        HttpResponseMessage response;
        try
        {
            response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return null;
        }

        using (response)
        {
            response.EnsureSuccessStatusCode();
            await using var frames = await response.Content.ReadAsStreamAsync(cancellationToken);
            while (await Frame.ReadAsync(frames, cancellationToken) is { } frame)
            {
                if (frame.Kind == FrameKind.ExitCode)
                {
                    return frame.Bytes[0];
                }

                var to = frame.Kind == FrameKind.Output ? output : error;
                await to.WriteAsync(frame.Bytes, cancellationToken);
                await to.FlushAsync(cancellationToken);
            }
        }

        throw new IOException("The service went away while it was at work.");
    }
}
