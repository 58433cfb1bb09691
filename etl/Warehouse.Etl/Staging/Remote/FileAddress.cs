using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Warehouse.Definitions;

namespace Warehouse.Etl.Staging.Remote;

/// <summary>
/// The address of a file on a web server. <c>${NAME}</c> in it stands for an environment variable, so that no definition
/// holds a secret; what could be one (user, password, query) is in no name of it.
/// </summary>
internal sealed partial class FileAddress
{
    private const string Example = "https://example.com/orders.csv.gz";

    private FileAddress(Uri uri) => Uri = uri;

    /// <summary>Where to ask, with all its secrets.</summary>
    public Uri Uri { get; }

    /// <summary>How people are told of it: without user, password and what the query says.</summary>
    public string Name => Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.SafeUnescaped) + (Uri.Query.Length > 0 ? "?…" : "");

    /// <summary>What tells this address from others, without telling its secrets: SHA-256, in hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Uri.AbsoluteUri)));

    /// <summary>The last part of the path, which a file of its content is named after.</summary>
    public string FileName => Path.GetFileName(Uri.LocalPath) is { Length: > 0 } name ? name : "file";

    /// <summary>Whether a text is an address rather than a path.</summary>
    public static bool IsAddress(string text) => Scheme().IsMatch(text);

    /// <summary>What is wrong with an address in a definition; null where nothing is.</summary>
    public static string? FaultOf(string text)
    {
        if (!Uri.TryCreate(Variable().Replace(text, "x"), UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return $"This is no address like {Example}.";
        }

        if (!IsWeb(uri))
        {
            return $"Files are fetched by http and https, not by {uri.Scheme}: {Example}.";
        }

        return Password().IsMatch(text)
            ? "A password does not belong into a definition: write ${NAME} in its place, and set the environment variable NAME."
            : null;
    }

    /// <summary>Reads an address, environment variables put in.</summary>
    /// <exception cref="UserFaultException">It is none, or a variable is not set.</exception>
    public static FileAddress Read(string text)
    {
        var whole = Variable().Replace(text, match => Environment.GetEnvironmentVariable(match.Groups["name"].Value) is { Length: > 0 } value
            ? Uri.EscapeDataString(value)
            : throw new UserFaultException($"An address needs the environment variable {match.Groups["name"].Value}, which is not set. Nothing was loaded."));
        return Uri.TryCreate(whole, UriKind.Absolute, out var uri) && IsWeb(uri) && uri.Host.Length > 0
            ? new FileAddress(uri)
            : throw new WrongCommandException($"Files are fetched by http and https, from addresses like {Example}.");
    }

    /// <summary>Where a redirect leads.</summary>
    /// <exception cref="UserFaultException">It leads nowhere, or from https to http.</exception>
    public FileAddress Follow(Uri? location)
    {
        if (location is null || !Uri.TryCreate(Uri, location, out var next) || !IsWeb(next))
        {
            throw new UserFaultException($"{Name} cannot be fetched: the server redirects to no address of http or https. Nothing was loaded.");
        }

        if (Uri.Scheme == Uri.UriSchemeHttps && next.Scheme == Uri.UriSchemeHttp)
        {
            throw new UserFaultException($"{Name} cannot be fetched: the server redirects from https to http ({new FileAddress(next).Name}), where everybody could read and change it. Nothing was loaded.");
        }

        return new FileAddress(next);
    }

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]+://", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("^[^/]*//[^/@]*:[^/@$][^/@]*@", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();
}
