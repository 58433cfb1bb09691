using System.Runtime.InteropServices;

namespace Warehouse.Models.Lifetime;

/// <summary>Customers who came at the same time.</summary>
/// <param name="At">Time of their first purchase, on the curve's clock.</param>
/// <param name="Customers">How many.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AcquisitionCohort(double At, long Customers);

/// <summary>A point of a tracking plot.</summary>
/// <param name="Time">On the curve's clock.</param>
/// <param name="Expected">Repeat purchases of all cohorts until then that the model expects.</param>
/// <param name="Actual">Repeat purchases that happened; null where not known.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TrackingPoint(double Time, double Expected, double? Actual);

/// <summary>Cumulative repeat purchases of customers acquired over time, expected against actual.</summary>
public static class TrackingCurve
{
    /// <summary>
    /// The curve at given times: Σ n E[X(t - at)] over the cohorts acquired before t. The expectation is of new customers: it
    /// knows the model, not what these customers did.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="cohorts">When the customers came.</param>
    /// <param name="times">Times, on the same clock.</param>
    /// <param name="actual">Cumulative repeat purchases at those times, as far as known; null for none.</param>
    public static IReadOnlyList<TrackingPoint> Of(
        PurchaseModel model,
        IReadOnlyList<AcquisitionCohort> cohorts,
        IReadOnlyList<double> times,
        IReadOnlyList<double>? actual = null)
    {
        var points = new TrackingPoint[times.Count];
        for (var i = 0; i < points.Length; i++)
        {
            var expected = 0.0;
            foreach (var cohort in cohorts)
            {
                if (cohort.At < times[i])
                {
                    expected += cohort.Customers * model.ExpectedPurchases(times[i] - cohort.At);
                }
            }

            points[i] = new TrackingPoint(times[i], expected, actual is not null && i < actual.Count ? actual[i] : null);
        }

        return points;
    }
}
