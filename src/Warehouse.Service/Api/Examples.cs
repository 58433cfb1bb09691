namespace Warehouse.Service.Api;

/// <summary>Examples of what can be said, of the sample workspace.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, string> ByName = new(StringComparer.Ordinal)
    {
        ["cube"] = "sales",
        ["measures"] = "net_sales,orders,customers",
        ["by"] = "date.month,product.category",
        ["where"] = "product.category = 'GARDEN'",
        ["having"] = "net_sales > 1000",
        ["order"] = "net_sales desc",
        ["pivot"] = "date.year",
        ["top"] = "top 5 product.category by net_sales",
        ["totals"] = "rollup",
        ["as-of"] = "2026-06-30",
        ["window"] = "12m",
        ["segment"] = "lapsing_best",
        ["from"] = "2026-03-31",
    };

    /// <summary>An example of a parameter's value; null where none is telling.</summary>
    public static string? Of(string parameter) => ByName.GetValueOrDefault(parameter);
}
