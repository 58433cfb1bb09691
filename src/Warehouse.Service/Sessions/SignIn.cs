using System.Net;
using System.Net.Sockets;
using Warehouse.Service.Access;

namespace Warehouse.Service.Sessions;

/// <summary>
/// Lets in by name and password, one attempt after the other, so that guesses made at once count as well. Whoever fails too often
/// waits: for one name after five failures, from one address after twenty.
/// </summary>
internal sealed class SignIn(AccessFile access, Lockout lockout, AccessJournal journal) : IDisposable
{
    private const int FailuresOfUser = 5;
    private const int FailuresOfAddress = 20;
    private const int LongestName = 100;
    private const int Network = 8;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The user whose password it is; else null, and how long the next attempt has to wait.</summary>
    public async Task<(AccessUser? User, TimeSpan Wait)> TryAsync(string name, string password, IPAddress? from, CancellationToken cancellationToken)
    {
        var subject = $"user {(name.Length > LongestName ? "" : name)}";
        var address = $"address {Place(from)}";
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var wait = TimeSpan.FromTicks(Math.Max(lockout.Wait(subject).Ticks, lockout.Wait(address).Ticks));
            if (wait > TimeSpan.Zero)
            {
                return (null, wait);
            }

            if (access.UserOfPassword(name, password) is { } user)
            {
                lockout.Succeed(subject);
                journal.Add(user.Name, "sign in", user.Name, user.Role);
                return (user, TimeSpan.Zero);
            }

            Note(subject, lockout.Fail(subject, FailuresOfUser));
            Note(address, lockout.Fail(address, FailuresOfAddress));
            return (null, TimeSpan.Zero);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private void Note(string subject, TimeSpan wait)
    {
        if (wait > TimeSpan.Zero)
        {
            journal.Add("nobody", "lock out", subject, FormattableString.Invariant($"for {wait.TotalSeconds} seconds"));
        }
    }

    /// <summary>Whoever has an address of IPv6 has a network of them.</summary>
    private static string Place(IPAddress? address)
    {
        var plain = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return plain is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, Network))
            : plain?.ToString() ?? "";
    }
}
