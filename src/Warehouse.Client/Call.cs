using System.Globalization;

namespace Warehouse.Client;

/// <summary>A verb of the service that is asked: <c>/openapi/v1.json</c> says which there are, and what they take.</summary>
/// <param name="Verb">Its words: <c>segment preview</c>.</param>
public sealed record Call(string Verb)
{
    /// <summary>Whether it changes something: then it is sent with a key of its own, and asked again where no answer came.</summary>
    public bool Changes { get; init; }

    /// <summary>What is said, by name; a name may occur more than once, and what has no value is not said.</summary>
    public IReadOnlyList<(string Name, string? Value)> Parameters { get; init; } = [];

    /// <summary>The files that are sent, by the parameter that takes them.</summary>
    public IReadOnlyList<Upload> Files { get; init; } = [];

    internal string Path => $"api/v1/{Verb.Replace(' ', '/')}";

    internal IEnumerable<KeyValuePair<string, string>> Said => Parameters.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!));

    internal static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A file that is sent.</summary>
/// <param name="Parameter">The parameter that takes it.</param>
/// <param name="Name">Its name, by whose ending its kind is known.</param>
/// <param name="Open">Opens it; more than once where it has to be sent again.</param>
public sealed record Upload(string Parameter, string Name, Func<Stream> Open)
{
    /// <summary>A file of this machine.</summary>
    public static Upload Of(string parameter, string path) => new(parameter, System.IO.Path.GetFileName(path), () => File.OpenRead(path));
}
