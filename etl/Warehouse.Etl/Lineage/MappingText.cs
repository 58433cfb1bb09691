using Warehouse.Etl.Feeds;

namespace Warehouse.Etl.Lineage;

/// <summary>Says in one line how a feed fills a column.</summary>
internal static class MappingText
{
    public static string Of(ColumnMapping mapping)
    {
        var value = mapping.Constant is { } constant
            ? $"always \"{constant}\""
            : string.Join(" or ", mapping.Sources.Select(Of));
        var format = mapping.Format is { } pattern ? $", written {pattern}" : "";
        return $"{mapping.Column.Name}: {value}{format}";
    }

    private static string Of(ValueSource source)
    {
        string?[] parts =
        [
            source.Clean.Count == 0 ? null : string.Join(" ", source.Clean.Select(clean => clean.ToString().ToLowerInvariant())),
            source.Matches is { } pattern ? $"where it matches {pattern}" : null,
            source.Identity is { } identity ? $"of {identity}" : null,
        ];
        var said = parts.OfType<string>().ToArray();
        return said.Length == 0 ? source.Column : $"{source.Column} ({string.Join(", ", said)})";
    }
}
