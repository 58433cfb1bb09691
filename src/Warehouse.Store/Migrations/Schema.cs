using System.Data.Common;
using Warehouse.Definitions;

namespace Warehouse.Store.Migrations;

/// <summary>
/// The schema that this version of the product works with. A new database is made whole from <c>Tables/</c>;
/// an older one is brought up by the numbered steps that it has not seen. Either happens in one transaction.
/// </summary>
internal sealed class Schema(IReadOnlyList<Migration> migrations, TimeProvider time)
{
    private int Version => migrations.Count == 0 ? Migration.First : migrations[^1].Version;

    /// <summary>Makes the database what this version of the product needs, and says whether it changed anything.</summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="name">How faults name the database.</param>
    /// <param name="calendar">The dates of a new database.</param>
    /// <param name="keep">Keeps a copy of a database of an older version, before it is changed.</param>
    /// <param name="cancellationToken">Leaves the database as it was.</param>
    /// <exception cref="UserFaultException">The database is another program's, or a newer version's.</exception>
    public async Task<bool> BringUpAsync(
        DbConnection connection, string name, CalendarDefinition calendar, Func<int, Task> keep, CancellationToken cancellationToken)
    {
        var found = await FindVersionAsync(connection, name, cancellationToken);
        if (found == Version)
        {
            return false;
        }

        if (found is { } older)
        {
            await keep(older);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (found is null)
        {
            await CreateAsync(connection, calendar, cancellationToken);
        }
        else
        {
            foreach (var step in migrations.Where(step => step.Version > found))
            {
                await connection.ExecuteAsync(step.Sql, cancellationToken);
                await StampAsync(connection, step.Version, step.Name, cancellationToken);
            }
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Requires that a database which is opened for reading alone is of this version.</summary>
    /// <exception cref="UserFaultException">It is empty, another program's, or of another version.</exception>
    public async Task RequireAsync(DbConnection connection, string name, CancellationToken cancellationToken)
    {
        var found = await FindVersionAsync(connection, name, cancellationToken)
            ?? throw new UserFaultException($"{name} holds nothing yet. 'warehouse load' fills it.");
        if (found < Version)
        {
            throw new UserFaultException(FormattableString.Invariant(
                $"{name} has schema version {found}, and this program works with {Version}. 'warehouse load' brings it up."));
        }
    }

    private async Task<int?> FindVersionAsync(DbConnection connection, string name, CancellationToken cancellationToken)
    {
        var stamped = await connection.ScalarAsync<long>(
            """
            SELECT count(*) FROM information_schema.columns
            WHERE table_catalog = current_database() AND table_schema = 'ops' AND table_name = 'schema_version'
              AND column_name = 'version' AND data_type = 'INTEGER'
            """,
            cancellationToken);
        var versions = stamped == 0
            ? []
            : await connection.RowsAsync("SELECT max(version) FROM ops.schema_version", row => row.ValueOrNull<int>(0), cancellationToken);
        if (versions is not [{ } version])
        {
            var others = await connection.ScalarAsync<long>(
                "SELECT count(*) FROM information_schema.tables WHERE table_catalog = current_database()", cancellationToken);
            return others == 0
                ? null
                : throw new UserFaultException(FormattableString.Invariant(
                    $"{name} is a database of another program: it has {others} tables and no version in ops.schema_version. Nothing was changed. Name another file as 'database' in {Workspace.FileName}."));
        }

        return version <= Version
            ? version
            : throw new UserFaultException(FormattableString.Invariant(
                $"{name} was made by a newer version of this program: its schema version is {version}, and this program knows up to {Version}. Nothing was changed. Use the newer program."));
    }

    private async Task CreateAsync(DbConnection connection, CalendarDefinition calendar, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(SqlFile.Read(typeof(Schema), "Tables/schemas.sql"), cancellationToken);
        foreach (var table in SqlFile.Below(typeof(Schema), "Tables").Where(path => path.Count(letter => letter == '/') == 2))
        {
            await connection.ExecuteAsync(SqlFile.Read(typeof(Schema), table), cancellationToken);
        }

        await connection.ExecuteAsync(SqlFile.Read(typeof(Schema), "Tables/views.sql"), cancellationToken);
        await connection.ExecuteAsync(SqlFile.Read(typeof(Schema), "Tables/unknown_members.sql"), cancellationToken);
        await CalendarTable.RefreshAsync(connection, calendar, cancellationToken);
        await StampAsync(connection, Version, "new", cancellationToken);
        await Generation.RecordAsync(connection, new Generation(0, time.GetUtcNow(), time.GetUtcNow(), "initial"), cancellationToken);
    }

    private async Task StampAsync(DbConnection connection, int version, string name, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            "INSERT INTO ops.schema_version (version, name, applied_at) VALUES ($version, $name, $applied_at)",
            cancellationToken,
            ("version", version),
            ("name", name),
            ("applied_at", time.GetUtcNow()));
}
