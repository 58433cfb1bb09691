using System.Globalization;

namespace Warehouse.Analysis.Lifecycle;

/// <summary>What puts a customer into his stage.</summary>
/// <param name="Orders">Purchases so far.</param>
/// <param name="TenureDays">Days since the first; null without one.</param>
/// <param name="RecencyDays">Days since the last; null without one.</param>
/// <param name="RhythmDays">Days between his purchases; null without one.</param>
/// <param name="Overdue">Days since the last purchase in units of the rhythm; null without one.</param>
/// <param name="Trend">Spend of the last 182 days over that of the 182 before; null where not known.</param>
/// <param name="OpenComplaints">Complaints of the last year that are not resolved.</param>
/// <param name="Churn">Probability of leaving; null where he was not scored.</param>
public sealed record StageReason(
    long Orders,
    double? TenureDays,
    double? RecencyDays,
    double? RhythmDays,
    double? Overdue,
    double? Trend,
    double OpenComplaints,
    double? Churn)
{
    /// <summary>The reason in a sentence.</summary>
    public override string ToString()
    {
        if (Orders == 0)
        {
            return "No purchase yet.";
        }

        var parts = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Orders} {(Orders == 1 ? "purchase" : "purchases")}, the first {TenureDays:0} days ago, the last {RecencyDays:0} days ago: {Overdue:0.0} times the usual {RhythmDays:0} days between them"),
        };
        if (Trend is { } trend)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"spend of late is {trend * 100:0} % of that before"));
        }

        if (OpenComplaints > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{OpenComplaints:0} {(OpenComplaints == 1 ? "complaint is" : "complaints are")} not resolved"));
        }

        if (Churn is { } churn)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"leaves with probability {churn:0.00}"));
        }

        return string.Join("; ", parts) + ".";
    }
}
