using System.Globalization;
using Warehouse.Definitions;

namespace Warehouse.Models.Lifetime;

/// <summary>A customer's summary cannot be: the data are at fault, and can be mended.</summary>
/// <param name="row">The row, counted from 1; null where a single history was given.</param>
/// <param name="found">What was found.</param>
/// <param name="expected">What was expected.</param>
public sealed class LifetimeDataException(long? row, string found, string expected)
    : UserFaultException(string.Create(
        CultureInfo.InvariantCulture,
        $"{(row is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"Row {row}: "))}found {found}; expected {expected}."))
{
    /// <summary>The row, counted from 1; null where a single history was given.</summary>
    public long? Row { get; } = row;

    /// <summary>What was found.</summary>
    public string Found { get; } = found;

    /// <summary>What was expected.</summary>
    public string Expected { get; } = expected;
}
