using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Etl.Conform.Identities;

/// <summary>One reason why an identifier is a person's, or was.</summary>
/// <param name="Kind">identifier, link, decision, taken back, or was.</param>
/// <param name="Identifier">The identifier, as <c>source:id</c>; of a decision all that it names.</param>
/// <param name="Other">The identifier that it is linked with; of « was » the person (<c>customer_key</c>) that it was.</param>
/// <param name="Because">The rule, or why it was decided.</param>
/// <param name="Value">The value that both share, normalised.</param>
/// <param name="Since">When the warehouse knew it; when it was decided, or taken back; until when it was.</param>
/// <param name="By">Who decided.</param>
/// <param name="Generation">The generation that brought it.</param>
/// <param name="Feed">The feed whose row named the identifier; of a link those of the load that linked.</param>
/// <param name="Source">The file.</param>
/// <param name="Line">The line.</param>
public sealed record PersonIdentity(
    string Kind, string Identifier, string? Other, string Because, string? Value, DateTimeOffset? Since, string? By, int? Generation,
    string? Feed, string? Source, long? Line)
{
    /// <summary>Why a person's identifiers are his: the identifiers, what links them, what was decided, and who they were before.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="identifier">One of his identifiers: <c>source:id</c>, or itself where only one source uses it.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="Warehouse.Definitions.WrongCommandException">It is not known, or several sources use it.</exception>
    public static async Task<IReadOnlyList<PersonIdentity>> OfAsync(DbConnection connection, string identifier, CancellationToken cancellationToken) =>
        await connection.RowsAsync(
            SqlFile.Read(typeof(PersonIdentity), "Conform/Identities/person_identity.sql"),
            row => new PersonIdentity(
                row.GetString(0), row.GetString(1), row.TextOrNull(2), row.GetString(3), row.TextOrNull(4), row.ValueOrNull<DateTimeOffset>(5),
                row.TextOrNull(6), row.ValueOrNull<int>(7), row.TextOrNull(8), row.TextOrNull(9), row.ValueOrNull<long>(10)),
            cancellationToken,
            ("label", await new DecisionLabels(connection).FindAsync(identifier, cancellationToken)));
}
