using System.Globalization;

namespace Warehouse.Store.Migrations;

/// <summary>A numbered step from the schema before it to its own.</summary>
/// <param name="Version">The version that the database has afterwards.</param>
/// <param name="Name">What it does, in a few words.</param>
/// <param name="Sql">The statements.</param>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>The version of a new database, made by <c>Tables/</c>. A step to a later one is a file here, <c>NNNN_name.sql</c>.</summary>
    public const int First = 1;

    /// <summary>The steps that the product knows, in their order.</summary>
    public static IReadOnlyList<Migration> All { get; } =
    [
        .. SqlFile.Below(typeof(Migration), "Migrations").Select(path =>
        {
            var name = Path.GetFileNameWithoutExtension(path);
            return new Migration(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name[5..].Replace('_', ' '), SqlFile.Read(typeof(Migration), path));
        }),
    ];
}
