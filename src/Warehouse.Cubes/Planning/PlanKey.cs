using System.Globalization;
using System.Text;

namespace Warehouse.Cubes.Planning;

/// <summary>What tells plans of one model apart, as a text. Each part is preceded by its length, so that none can be taken for another.</summary>
internal static class PlanKey
{
    public static string Of(CubeQuery query, CubeAccess access, DateOnly today)
    {
        var key = new StringBuilder();
        void Add(string? part) => key.Append(part?.Length ?? -1).Append(':').Append(part);

        Add(query.Cube);
        Add(access.Key);
        Add(today.DayNumber.ToString(CultureInfo.InvariantCulture));
        Add(query.AsOf is null ? null : "as of");
        Add(query.IsDense ? "dense" : null);
        Add(query.Limit?.ToString(CultureInfo.InvariantCulture));
        Add(query.Offset.ToString(CultureInfo.InvariantCulture));
        Add(query.Where?.Text);
        Add(query.Having?.Text);
        Add(query.Top?.Text);
        foreach (var measure in query.Measures)
        {
            Add(measure.Name);
            Add(measure.Value.Text);
        }

        foreach (var (name, value) in query.Parameters.OrderBy(given => given.Key, StringComparer.Ordinal))
        {
            Add(name);
            Add(value);
        }

        foreach (var parameter in query.Declared)
        {
            Add("declared");
            Add(parameter.Name);
            Add(parameter.Type.ToString());
            Add(parameter.Default?.ToString());
        }

        Add("by");
        foreach (var member in query.By)
        {
            Add(member.First);
            Add(member.Second);
            Add(member.At?.DayNumber.ToString(CultureInfo.InvariantCulture));
        }

        Add("order");
        foreach (var order in query.Order)
        {
            Add(order.IsDescending ? "desc" : "asc");
            Add(order.Value.Text);
        }

        Add(query.Totals.Kind.ToString());
        foreach (var set in query.Totals.Members)
        {
            Add("set");
            foreach (var member in set)
            {
                Add(member.Text);
            }
        }

        return key.ToString();
    }
}
