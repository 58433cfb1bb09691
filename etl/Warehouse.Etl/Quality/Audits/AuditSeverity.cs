namespace Warehouse.Etl.Quality.Audits;

/// <summary>What a broken audit means for the load.</summary>
public enum AuditSeverity
{
    /// <summary>It is noted.</summary>
    Warn,

    /// <summary>The load is published, and the command says that it was with a reserve.</summary>
    Error,

    /// <summary>The load is not published.</summary>
    Stop,
}
