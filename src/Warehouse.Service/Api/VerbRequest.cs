using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Warehouse.Definitions;
using Warehouse.Service.Api.Paging;

namespace Warehouse.Service.Api;

/// <summary>
/// What a request says: the parameters of its address, and of its body where it has one (a form, also with files, or a JSON object).
/// Files lie in a folder of their own until this is disposed; their names on the caller's machine are not used.
/// </summary>
internal sealed class VerbRequest(HttpRequest request, VerbRoute route) : IAsyncDisposable
{
    private static readonly string[] OfTheService = ["format", PageRequest.SizeParameter, PageRequest.CursorParameter];

    private string? _folder;

    /// <summary>The values by parameter.</summary>
    /// <exception cref="WrongCommandException">The body cannot be read, or has a file for what is none.</exception>
    public async Task<Dictionary<string, IReadOnlyList<string>>> ReadAsync(CancellationToken cancellationToken)
    {
        var given = request.Query.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)[.. pair.Value.Select(value => value ?? "")], StringComparer.Ordinal);
        if (request.HasFormContentType)
        {
            await ReadFormAsync(given, cancellationToken);
        }
        else if (request.HasJsonContentType())
        {
            await ReadJsonAsync(given, cancellationToken);
        }
        else if (request.ContentLength is > 0 || request.ContentType is not null)
        {
            throw new WrongCommandException($"A body is a form (multipart/form-data with files) or a JSON object, not {request.ContentType ?? "without a type"}.");
        }

        if (route.Parameters.FirstOrDefault(parameter => parameter.IsFile && given.TryGetValue(parameter.Name, out var values) && !AreKept(values)) is { } said)
        {
            throw new WrongCommandException($"\"{said.Name}\" is a file that is sent, not the name of one.");
        }

        foreach (var name in OfTheService)
        {
            given.Remove(name);
        }

        return given;
    }

    /// <summary>What is asked, as a hash: the verb, the form, each value, and what is in files, wherever they lie.</summary>
    public async Task<string> HashAsync(IReadOnlyDictionary<string, IReadOnlyList<string>> given, AnswerForm form, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        Add(route.Rule.Verb);
        Add(form.Name);
        foreach (var (name, values) in given.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(values.Count.ToString(CultureInfo.InvariantCulture));
            var isFile = AreKept(values);
            foreach (var value in values)
            {
                Add(isFile ? Path.GetFileName(value) : value);
                if (isFile)
                {
                    await using var file = File.OpenRead(value);
                    hash.AppendData(await SHA256.HashDataAsync(file, cancellationToken));
                }
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }

    private async Task ReadFormAsync(Dictionary<string, IReadOnlyList<string>> given, CancellationToken cancellationToken)
    {
        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            foreach (var (name, values) in form)
            {
                given[name] = [.. values.Select(value => value ?? "")];
            }

            foreach (var file in form.Files)
            {
                if (!route.Parameters.Any(parameter => parameter.IsFile && parameter.Name == file.Name))
                {
                    throw new WrongCommandException($"\"{file.Name}\" takes no file here.");
                }

                given[file.Name] = [await KeepAsync(file, cancellationToken)];
            }
        }
        catch (InvalidDataException fault)
        {
            throw new WrongCommandException($"The form cannot be read: {fault.Message}", fault);
        }
    }

    private bool AreKept(IReadOnlyList<string> values) => _folder is { } folder && values.Count > 0 && values.All(value => Path.GetDirectoryName(value) == folder);

    /// <summary>A file keeps the ending of its name, by which readers know its kind.</summary>
    private async Task<string> KeepAsync(IFormFile file, CancellationToken cancellationToken)
    {
        _folder ??= Directory.CreateTempSubdirectory("warehouse-upload-").FullName;
        var path = Path.Combine(_folder, SafeName(file.FileName));
        await using (var kept = File.Create(path))
        {
            await file.CopyToAsync(kept, cancellationToken);
        }

        await PackedFile.RequireBoundedAsync(path, cancellationToken);
        return path;
    }

    private static string SafeName(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var safe = string.Concat(last.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')).TrimStart('.', '-');
        return safe.Length == 0 ? "upload" : safe[^Math.Min(safe.Length, 100)..];
    }

    private async Task ReadJsonAsync(Dictionary<string, IReadOnlyList<string>> given, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
            if (body.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new WrongCommandException("A body is an object of parameters by their names.");
            }

            foreach (var property in body.RootElement.EnumerateObject())
            {
                given[property.Name] = VerbWords.Values(property.Value);
            }
        }
        catch (JsonException fault)
        {
            throw new WrongCommandException($"The body is no JSON: {fault.Message}", fault);
        }
    }
}
