using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Warehouse.Definitions;
using Warehouse.Store;

namespace Warehouse.Service.Access;

/// <summary>
/// Who may use the service: <c>access.json</c> of the workspace, which nobody but its owner can read, apart from the database, so
/// that no backup brings back a key that was taken. Passwords and keys are in it as hashes alone.
/// </summary>
internal sealed partial class AccessFile(Workspace workspace, TimeProvider time)
{
    /// <summary>The file's name.</summary>
    public const string Name = "access.json";

    private const int ShortestPassword = 10;
    private const string KeyMark = "wh";
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly PasswordHasher<string> Passwords = new();
    private readonly AccessJournal _journal = new(workspace, time);
    private readonly Lock _gate = new();
    private (DateTime WrittenAt, long Bytes, AccessList List) _known = (DateTime.MinValue, -1, AccessList.Empty);

    /// <summary>The list as the file holds it now.</summary>
    /// <exception cref="UserFaultException">The file cannot be read.</exception>
    public AccessList Current
    {
        get
        {
            lock (_gate)
            {
                var file = new FileInfo(Path);
                if (!file.Exists)
                {
                    return AccessList.Empty;
                }

                if (_known.WrittenAt != file.LastWriteTimeUtc || _known.Bytes != file.Length)
                {
                    _known = (file.LastWriteTimeUtc, file.Length, Read());
                }

                return _known.List;
            }
        }
    }

    private string Path => workspace.PathOf(Name);

    /// <summary>Adds a user, or changes what he may do.</summary>
    /// <exception cref="WrongCommandException">The name or the role is none, or one who sees some rows alone has a role that sees more than cubes.</exception>
    public AccessUser Put(string name, string role, IReadOnlyList<string> cubes)
    {
        if (!UserName().IsMatch(name))
        {
            throw new WrongCommandException($"A user's name is of letters, digits, dots, hyphens, underlines and @, at most 100, not \"{name}\".");
        }

        if (cubes.Count > 0 && Role.Of(role) != Role.Viewer)
        {
            throw new WrongCommandException(
                $"Who sees only what {string.Join(", ", cubes)} may see can ask cubes alone, where that is held to everywhere: his role is viewer, not {role}.");
        }

        AccessUser? user = null;
        Change("user add", name, cubes.Count == 0 ? role : $"{role}, {string.Join(", ", cubes)}", list =>
        {
            var before = list.Users.FirstOrDefault(known => known.Name == name);
            user = new AccessUser(name, Role.Of(role).Name, cubes, before?.PasswordHash, Secret(12));
            return list with { Users = [.. list.Users.Where(known => known.Name != name), user] };
        });
        return user!;
    }

    /// <summary>Takes a user off the list, and his keys with him.</summary>
    /// <exception cref="WrongCommandException">There is no such user.</exception>
    public void Remove(string name) => Change("user remove", name, "and his keys", list =>
    {
        Require(list, name);
        return new AccessList([.. list.Users.Where(user => user.Name != name)], [.. list.Keys.Where(key => key.User != name)]);
    });

    /// <summary>Sets the password by which a user signs in. His sessions end.</summary>
    /// <exception cref="WrongCommandException">There is no such user, or the password is too short.</exception>
    public void SetPassword(string name, string password)
    {
        if (password.Length < ShortestPassword)
        {
            throw new WrongCommandException(FormattableString.Invariant($"A password has at least {ShortestPassword} characters."));
        }

        Change("user password", name, "set", list =>
        {
            var user = Require(list, name) with { PasswordHash = Passwords.HashPassword(name, password), Stamp = Secret(12) };
            return list with { Users = [.. list.Users.Where(known => known.Name != name), user] };
        });
    }

    /// <summary>Makes a key for a program. What is given back is shown once, and kept nowhere.</summary>
    /// <exception cref="WrongCommandException">There is no such user.</exception>
    public string AddKey(string name, TimeSpan? valid)
    {
        var (id, secret) = (Secret(6), Secret(32));
        Change("user key", name, $"{KeyMark}_{id}{(valid is { } length ? FormattableString.Invariant($", for {length.TotalDays:0.##} days") : "")}", list =>
        {
            Require(list, name);
            var now = time.GetUtcNow();
            return list with { Keys = [.. list.Keys, new AccessKey(id, name, Hash(secret), now, now + valid)] };
        });
        return $"{KeyMark}_{id}_{secret}";
    }

    /// <summary>Takes a key.</summary>
    /// <exception cref="WrongCommandException">There is no such key.</exception>
    public void RevokeKey(string id) => Change("user revoke", id, "a key", list => list.Keys.Any(key => key.Id == id)
        ? list with { Keys = [.. list.Keys.Where(key => key.Id != id)] }
        : throw new WrongCommandException($"There is no key \"{id}\". {NearNames.Hint(id, list.Keys.Select(key => key.Id), "keys")}"));

    /// <summary>Whose key this is; null where it is nobody's, or worth nothing any more.</summary>
    public AccessUser? UserOfKey(string text)
    {
        if (text.Split('_') is not [KeyMark, var id, var secret])
        {
            return null;
        }

        var list = Current;
        var key = list.Keys.FirstOrDefault(known => known.Id == id);
        var isRight = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key?.Hash ?? new string('0', 64)), Encoding.ASCII.GetBytes(Hash(secret)));
        return key is not null && isRight && !(key.ExpiresAt <= time.GetUtcNow())
            ? list.Users.FirstOrDefault(user => user.Name == key.User)
            : null;
    }

    /// <summary>The user who signs in by this password; null where name and password do not belong together. It takes as long for a name that is not there.</summary>
    public AccessUser? UserOfPassword(string name, string password)
    {
        var user = Current.Users.FirstOrDefault(known => known.Name == name);
        var outcome = Passwords.VerifyHashedPassword(name, user?.PasswordHash ?? Nobody.Value, password);
        return user?.PasswordHash is not null && outcome != PasswordVerificationResult.Failed ? user : null;
    }

    private static Lazy<string> Nobody { get; } = new(() => Passwords.HashPassword("", Secret(16)));

    private static AccessUser Require(AccessList list, string name) => list.Users.FirstOrDefault(user => user.Name == name)
        ?? throw new WrongCommandException($"There is no user \"{name}\". {NearNames.Hint(name, list.Users.Select(user => user.Name), "users")}");

    private static string Secret(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private AccessList Read()
    {
        try
        {
            return JsonSerializer.Deserialize<AccessList>(File.ReadAllText(Path), Form) ?? AccessList.Empty;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException($"{Name} cannot be read: {fault.Message} Nobody is let in until it is whole.", fault);
        }
    }

    /// <summary>One change at a time, also of two processes: the file is locked while it is read and replaced.</summary>
    private void Change(string action, string subject, string detail, Func<AccessList, AccessList> change)
    {
        lock (_gate)
        {
            using var turn = PrivateFile.Lock(Path + ".lock");
            var list = change(File.Exists(Path) ? Read() : AccessList.Empty);
            _journal.Add(Environment.UserName, action, subject, detail);
            PrivateFile.Write(Path, JsonSerializer.Serialize(list, Form));
            _known = (DateTime.MinValue, -1, AccessList.Empty);
        }
    }

    [GeneratedRegex("^[\\p{L}\\p{N}._@-]{1,100}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserName();
}
