using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Campaigns;

/// <summary>What was sent of one list.</summary>
internal static class ExportTable
{
    /// <summary>Of all exports those of a list, the newest first.</summary>
    public static Table Of(Table exports, string list)
    {
        var place = exports["list"];
        return (exports with { Rows = [.. exports.Rows.Where(row => row.Text(place) == list).Reverse()] })
            .Of("export", "wave", "destination", "exported_at", "exported_by", "purpose", "rows", "is_whole", "is_finished");
    }
}
