using Warehouse.Store;

namespace Warehouse.Service;

/// <summary>What a service is started with.</summary>
/// <param name="Workspace">Whose workspace it is.</param>
/// <param name="Time">The clock.</param>
public sealed record ServiceOptions(Workspace Workspace, TimeProvider Time)
{
    /// <summary>Where it listens, in place of what <c>warehouse.yaml</c> says; null or empty for that.</summary>
    public IReadOnlyList<Uri> Urls { get; init; } = [];

    /// <summary>Whether events are written to standard error, a line of JSON each.</summary>
    public bool WritesLog { get; init; }
}
