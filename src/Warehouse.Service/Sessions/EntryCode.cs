using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Warehouse.Service.Access;

namespace Warehouse.Service.Sessions;

/// <summary>
/// A code that lets the owner of the workspace in by a browser once, within ten minutes. Whoever can read the owner's token can make
/// one, without asking the service: it is signed by the token, and worth nothing when the service was started anew.
/// </summary>
public static class EntryCode
{
    internal static readonly TimeSpan Valid = TimeSpan.FromMinutes(10);

    /// <summary>The address that signs the owner in.</summary>
    public static Uri Address(OwnerToken owner, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(time);
        var until = (time.GetUtcNow() + Valid).ToUnixTimeSeconds();
        var said = string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.{until}");
        return new Uri(new Uri(owner.Url), $"{SessionEndpoints.EnterPath}?code={said}.{Signature(owner, said)}");
    }

    /// <summary>Until when a code lets in; null where it is none of this owner's.</summary>
    internal static DateTimeOffset? ValidUntil(string code, OwnerToken owner)
    {
        var end = code.LastIndexOf('.');
        return end > 0
            && code.Split('.') is [_, var until, _]
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature(owner, code[..end])), Encoding.UTF8.GetBytes(code[(end + 1)..]))
            ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture))
            : null;
    }

    private static string Signature(OwnerToken owner, string said) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(owner.Token), Encoding.UTF8.GetBytes($"enter {said}")));
}

/// <summary>The codes that have let somebody in, until they would be worth nothing anyway.</summary>
internal sealed class UsedEntryCodes(Func<OwnerToken> owner, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    /// <summary>Whether the code lets in now; the next time it does not.</summary>
    public bool Use(string code)
    {
        var now = time.GetUtcNow();
        foreach (var (old, _) in _used.Where(used => used.Value <= now))
        {
            _used.TryRemove(old, out _);
        }

        return EntryCode.ValidUntil(code, owner()) is { } until && now < until && _used.TryAdd(code, until);
    }
}
