using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Warehouse.Store;

namespace Warehouse.Service.Access;

/// <summary>
/// Where the service of a workspace answers, and the secret by which the owner of its files is let in: <c>service.json</c>, which
/// nobody but he can read, while the service runs. Who can read it could read the database as well.
/// </summary>
/// <param name="Url">Where the service answers on this machine.</param>
/// <param name="Process">The service's process.</param>
/// <param name="Token">The secret; another one each time.</param>
/// <param name="Certificate">SHA-256 of the certificate that the service shows; null without TLS.</param>
public sealed record OwnerToken(string Url, int Process, string Token, string? Certificate)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "service.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web);

    /// <summary>What the running service of a workspace noted; null where none runs.</summary>
    public static OwnerToken? Find(Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        try
        {
            var noted = JsonSerializer.Deserialize<OwnerToken>(File.ReadAllText(workspace.PathOf(FileName)), Form);
            return noted is not null && RunningProcess.Exists(noted.Process) ? noted : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    internal static OwnerToken Note(Workspace workspace, string url, string? certificate)
    {
        var token = new OwnerToken(url, Environment.ProcessId, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), certificate);
        PrivateFile.Write(workspace.PathOf(FileName), JsonSerializer.Serialize(token, Form));
        return token;
    }

    internal static void Remove(Workspace workspace) => File.Delete(workspace.PathOf(FileName));

    internal bool Is(string text) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(text));
}
