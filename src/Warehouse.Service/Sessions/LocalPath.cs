namespace Warehouse.Service.Sessions;

/// <summary>A place of this very service where a browser is sent, with its query: never another server.</summary>
internal readonly record struct LocalPath
{
    private static readonly Uri Anywhere = new("http://service.invalid/");
    private readonly string? _text;

    private LocalPath(string text) => _text = text;

    /// <summary>Where everything begins.</summary>
    public static LocalPath Start { get; } = new("/");

    /// <summary>The place that a caller names; the start where he names none, or one that is not of this service.</summary>
    public static LocalPath Of(string? said)
    {
        if (said is not ['/', ..] || said.Any(letter => char.IsControl(letter) || letter == '\\')
            || !Uri.TryCreate(Anywhere, said, out var place) || place.Host != Anywhere.Host)
        {
            return Start;
        }

        // What dots in the path leave could begin with two slashes, which a browser takes for a server.
        return place.AbsolutePath.StartsWith("//", StringComparison.Ordinal) ? Start : new LocalPath(place.PathAndQuery + place.Fragment);
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "/";
}
