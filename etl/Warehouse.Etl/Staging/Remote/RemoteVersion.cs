namespace Warehouse.Etl.Staging.Remote;

/// <summary>What a server calls the content that an address has now, so that it can say that it has not changed.</summary>
/// <param name="AddressHash">The address.</param>
/// <param name="ETag">The content's tag, with its quotes; null where the server gave none.</param>
/// <param name="Modified">When it was last changed, as the server wrote it; null where it did not say.</param>
internal sealed record RemoteVersion(string AddressHash, string? ETag, string? Modified)
{
    /// <summary>As loads keep it; null where the server said nothing that could be asked for.</summary>
    public string? ToText() => ETag is null && Modified is null ? null : $"{AddressHash}\n{ETag}\n{Modified}";

    /// <summary>Reads what was kept; null where it is of another address, or nothing.</summary>
    public static RemoteVersion? Read(string? text, FileAddress address) =>
        text?.Split('\n') is [var hash, var tag, var modified] && hash == address.Hash
            ? new RemoteVersion(hash, tag.Length == 0 ? null : tag, modified.Length == 0 ? null : modified)
            : null;
}
