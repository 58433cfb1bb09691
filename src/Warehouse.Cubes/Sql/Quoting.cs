using System.Data.Common;

namespace Warehouse.Cubes.Sql;

/// <summary>ADO.NET's own seam for quoting names.</summary>
internal static class Quoting
{
    /// <exception cref="NotSupportedException">The provider does not say how it quotes.</exception>
    public static Func<string, string> Of(DbConnection connection)
    {
        var builder = DbProviderFactories.GetFactory(connection)?.CreateCommandBuilder();
        return builder is null
            ? throw new NotSupportedException($"{connection.GetType().Name} has no command builder, so names cannot be quoted for it.")
            : builder.QuoteIdentifier;
    }
}
