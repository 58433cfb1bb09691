using System.Data.Common;
using Warehouse.Store;

namespace Warehouse.Models.Churn;

/// <summary>Something that somebody should look at.</summary>
internal sealed record Alert(string Kind, string Subject, DateOnly? AsOf, double? Value, double? Limit, string Message);

/// <summary>Tells in <c>quality.alert</c> what somebody should look at; the same thing of the same date once.</summary>
internal static class Alerts
{
    public static Task RaiseAsync(DbConnection connection, TimeProvider time, Alert alert, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            """
            INSERT INTO quality.alert (raised_at, kind, subject, as_of, value, limit_value, message)
            SELECT $raised_at, $kind, $subject, $as_of, $value, $limit_value, $message
            WHERE NOT EXISTS (FROM quality.alert WHERE kind = $kind AND subject = $subject AND as_of IS NOT DISTINCT FROM CAST($as_of AS DATE) AND message = $message)
            """,
            cancellationToken,
            ("raised_at", time.GetUtcNow()),
            ("kind", alert.Kind),
            ("subject", alert.Subject),
            ("as_of", alert.AsOf),
            ("value", alert.Value),
            ("limit_value", alert.Limit),
            ("message", alert.Message));
}
