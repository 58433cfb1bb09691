using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Warehouse.Definitions;
using Warehouse.Service.Access;
using Warehouse.Store;

namespace Warehouse.Service.Api.Writes;

/// <summary>
/// The answers to writes that their callers named by a key (<c>Idempotency-Key</c>), for a day, also over a restart: whoever asks the
/// same again, because he does not know whether it was done, is told what came of it the first time. What failed did nothing, and
/// may be asked again.
/// </summary>
internal sealed class KeptWrites(Workspace workspace, TimeProvider time)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The header of an answer that was given before.</summary>
    public const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>The folder that they are in.</summary>
    public const string FolderName = Workspace.KeptAnswersFolder;

    /// <summary>So many bytes of an answer are kept.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private const int LongestKey = 255;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan Between = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, string> _underWay = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _folder = PrivateFolder.Of(workspace, FolderName);
    private readonly Lock _gate = new();
    private DateTimeOffset _cleared;

    /// <summary>The key that a request names; null for none.</summary>
    /// <exception cref="WrongCommandException">It is too long, or not of visible letters.</exception>
    public static string? KeyOf(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var said))
        {
            return null;
        }

        var key = said.ToString();
        return key.Length is > 0 and <= LongestKey && key.All(letter => letter is >= '!' and <= '~')
            ? key
            : throw new WrongCommandException(FormattableString.Invariant($"{Header} is a text of 1 to {LongestKey} visible letters of ASCII."));
    }

    /// <summary>Whether a write may begin, or what is known of it.</summary>
    /// <param name="visitor">Whose key it is: another's same key is another.</param>
    /// <param name="key">The key.</param>
    /// <param name="asked">What is asked, as a hash.</param>
    public WriteTurn Begin(Visitor visitor, string key, string asked)
    {
        var path = Path.Combine(_folder.FullName, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{visitor.Role.Name}\n{visitor.Name}\n{key}"))));
        if (!_underWay.TryAdd(path, asked))
        {
            return _underWay.TryGetValue(path, out var other) && other != asked ? new WriteTurn.AnotherQuestion() : new WriteTurn.UnderWay();
        }

        var isMine = false;
        try
        {
            Clear();
            if (Find(path) is { } known)
            {
                return known.Asked == asked ? new WriteTurn.Answered(known.Answer) : new WriteTurn.AnotherQuestion();
            }

            isMine = true;
            return new WriteTurn.Mine(answer => PrivateFile.Write(path, JsonSerializer.Serialize(new KeptWrite(asked, time.GetUtcNow() + Kept, answer))), () => _underWay.TryRemove(path, out _));
        }
        finally
        {
            if (!isMine)
            {
                _underWay.TryRemove(path, out _);
            }
        }
    }

    private KeptWrite? Find(string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<KeptWrite>(File.ReadAllText(path)) is { } known && time.GetUtcNow() < known.Until ? known : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Clear()
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (now - _cleared < Between)
            {
                return;
            }

            _cleared = now;
        }

        foreach (var file in _folder.EnumerateFiles().Where(file => !file.Name.StartsWith('.') && Find(file.FullName) is null))
        {
            file.Delete();
        }
    }

    private sealed record KeptWrite(string Asked, DateTimeOffset Until, KeptAnswer Answer);
}
