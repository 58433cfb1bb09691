using System.Globalization;

namespace Warehouse.Models.Lifetime.Numerics;

/// <summary>Checks that the tables of sufficient statistics share.</summary>
internal static class Columns
{
    public static void RequireEqualLengths(int rows, int second, int third, ReadOnlySpan<long> customers)
    {
        if (second != rows || third != rows || (!customers.IsEmpty && customers.Length != rows))
        {
            throw new ArgumentException("The columns have different lengths.");
        }
    }

    public static void RequireCounts(ReadOnlySpan<long> customers)
    {
        for (var i = 0; i < customers.Length; i++)
        {
            if (customers[i] < 0)
            {
                throw new LifetimeDataException(
                    i + 1, customers[i].ToString(CultureInfo.InvariantCulture) + " customers", "a number of customers from 0");
            }
        }
    }
}
