namespace Warehouse.Service.Access;

/// <summary>One who may use the service.</summary>
/// <param name="Name">His name: letters, digits, dots, hyphens.</param>
/// <param name="Role">The name of his role.</param>
/// <param name="Cubes">The roles of the cubes that limit what he sees; none where he sees all rows.</param>
/// <param name="PasswordHash">Of the password by which he signs in; null where he has none.</param>
/// <param name="Stamp">Another one makes his sessions end.</param>
internal sealed record AccessUser(string Name, string Role, IReadOnlyList<string> Cubes, string? PasswordHash, string Stamp)
{
    /// <summary>Who he is when he is let in.</summary>
    public Visitor ToVisitor() => new(Name, Access.Role.Of(Role), Cubes.Count == 0 ? null : Cubes);
}

/// <summary>A secret by which a program is let in as a user.</summary>
/// <param name="Id">By what the key is known to people.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Hash">SHA-256 of the secret, in hexadecimal.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it is worth nothing; null for never.</param>
internal sealed record AccessKey(string Id, string User, string Hash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);

/// <summary>Who may use the service.</summary>
internal sealed record AccessList(IReadOnlyList<AccessUser> Users, IReadOnlyList<AccessKey> Keys)
{
    public static AccessList Empty { get; } = new([], []);
}
