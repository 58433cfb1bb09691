using Microsoft.AspNetCore.Components;

namespace Warehouse.Pages.Parts;

/// <summary>What was typed or chosen in a field.</summary>
internal static class Typed
{
    /// <summary>The text; null where there is none but blanks.</summary>
    public static string? Text(this ChangeEventArgs change) => change.Value?.ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
