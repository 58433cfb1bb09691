namespace Warehouse.Service.Forwarding;

/// <summary>A command line that the service runs for the owner of the workspace, because the service holds its database.</summary>
/// <param name="Words">The words behind <c>warehouse</c>.</param>
/// <param name="Folder">Where it was called, where relative paths begin.</param>
/// <param name="Output">The terminal behind standard output; null where it is none.</param>
/// <param name="Error">The terminal behind standard error; null where it is none.</param>
/// <param name="CubeRoles">The roles of the cubes that limit what is seen; null where nothing does.</param>
internal sealed record ForwardedCommand(
    IReadOnlyList<string> Words, string Folder, TerminalShape? Output, TerminalShape? Error, IReadOnlyList<string>? CubeRoles = null);

/// <summary>What a terminal can show.</summary>
/// <param name="Width">Letters in a line.</param>
/// <param name="HasColours">Whether it understands escape sequences.</param>
internal sealed record TerminalShape(int Width, bool HasColours);
