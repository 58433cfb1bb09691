using System.Globalization;
using Microsoft.Extensions.Localization;
using Warehouse.Pages.Asking;

namespace Warehouse.Pages.Parts;

/// <summary>What the service says in English, in the language of the page.</summary>
internal static class Captions
{
    /// <summary>A name of a column, a field or a member: as it is translated, with a capital or without; else as <see cref="Told(IStringLocalizer, string)"/> tells it.</summary>
    public static string Caption(this IStringLocalizer say, string name)
    {
        ArgumentNullException.ThrowIfNull(say);
        return name.Length == 0 ? name
            : Word(say, name) ?? Word(say, char.ToUpperInvariant(name[0]) + name[1..]) ?? Word(say, char.ToLowerInvariant(name[0]) + name[1..]) ?? say.Told(name);
    }

    /// <summary>A sentence, or a value that the service gives a name: as it is translated, itself where it is not; its days as people read them.</summary>
    public static string Told(this IStringLocalizer say, string text) => Days.In(say.Fault(text));

    /// <summary>What was wrong, as it is translated. Days stay as they are written: a fault says what to write.</summary>
    public static string Fault(this IStringLocalizer say, string text)
    {
        ArgumentNullException.ThrowIfNull(say);
        return Sentences.Of(CultureInfo.CurrentUICulture).Translate(text);
    }

    /// <summary>What was done, and what the service notes of it, a line for each.</summary>
    public static string Told(this IStringLocalizer say, string what, Done done) => string.Join('\n', [what, .. done.Notes.Select(note => say.Told(note))]);

    /// <summary>The table with the captions of its columns in the language of the page.</summary>
    public static Table In(this Table table, IStringLocalizer say) => table with { Columns = [.. table.Columns.Select(column => column with { Caption = say.Caption(column.Caption) })] };

    private static string? Word(IStringLocalizer say, string name) => say[name] is { ResourceNotFound: false } said ? said.Value : null;
}
