namespace Warehouse.Pages.Explore;

/// <summary>Lists as questions write them: separated by commas that stand in no brackets and no quotes.</summary>
internal static class Items
{
    public static IReadOnlyList<string> Of(string? text)
    {
        var items = new List<string>();
        var (start, depth, quote) = (0, 0, '\0');
        text ??= "";
        for (var place = 0; place <= text.Length; place++)
        {
            var letter = place < text.Length ? text[place] : ',';
            if (place < text.Length && quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
            }
            else if (letter == ',' && (depth == 0 || place == text.Length))
            {
                if (text[start..place].Trim() is { Length: > 0 } item)
                {
                    items.Add(item);
                }

                start = place + 1;
            }
            else
            {
                depth += letter switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }

        return items;
    }
}
