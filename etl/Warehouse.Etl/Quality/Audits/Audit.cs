namespace Warehouse.Etl.Quality.Audits;

/// <summary>Something that the star must be before a load is published.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Table">The table with its schema; null where a SELECT of its own says.</param>
/// <param name="Feed">The feed whose rows alone are looked at; null for all.</param>
/// <param name="Rule">What is looked for.</param>
/// <param name="Severity">What a broken audit means.</param>
/// <param name="AtMost">How many offenders are allowed, or which share of the rows.</param>
/// <param name="IsShare">Whether <paramref name="AtMost"/> is a share, 1 being all.</param>
internal sealed record Audit(string Name, string? Table, string? Feed, AuditRule Rule, AuditSeverity Severity, decimal AtMost, bool IsShare);

/// <summary>What an audit found.</summary>
/// <param name="Name">The audit.</param>
/// <param name="Table">The table that it is about; null where it has a SELECT of its own.</param>
/// <param name="Severity">What it means when it is broken.</param>
/// <param name="Offenders">How many rows offend.</param>
/// <param name="Rows">How many rows were looked at.</param>
/// <param name="Example">One offender.</param>
/// <param name="IsBroken">Whether there are more offenders than allowed.</param>
public sealed record AuditResult(
    string Name, string? Table, AuditSeverity Severity, long Offenders, long Rows, string? Example, bool IsBroken);
