using System.Data.Common;

namespace Warehouse.DuckDb;

/// <summary>Makes the provider's objects for code that knows ADO.NET alone.</summary>
public sealed class DuckDBClientFactory : DbProviderFactory
{
    /// <summary>The one factory.</summary>
    public static readonly DuckDBClientFactory Instance = new();

    private DuckDBClientFactory()
    {
    }

    /// <inheritdoc/>
    public override bool CanCreateCommandBuilder => true;

    /// <summary>False: rows are written by statements and appenders.</summary>
    public override bool CanCreateDataAdapter => false;

    /// <inheritdoc/>
    public override DbCommand CreateCommand() => new DuckDBCommand();

    /// <inheritdoc/>
    public override DbCommandBuilder CreateCommandBuilder() => new DuckDBCommandBuilder();

    /// <inheritdoc/>
    public override DbConnection CreateConnection() => new DuckDBConnection();

    /// <inheritdoc/>
    public override DbConnectionStringBuilder CreateConnectionStringBuilder() => new DuckDBConnectionStringBuilder();

    /// <inheritdoc/>
    public override DbDataSource CreateDataSource(string connectionString) => new DuckDBDataSource(connectionString);

    /// <inheritdoc/>
    public override DbParameter CreateParameter() => new DuckDBParameter();
}
