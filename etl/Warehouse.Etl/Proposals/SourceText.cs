using System.Globalization;
using Warehouse.Etl.Feeds;
using Warehouse.Etl.Staging;

namespace Warehouse.Etl.Proposals;

/// <summary>Says in YAML how a table is read, where its files do not say it by their endings.</summary>
internal static class SourceText
{
    /// <summary>The parts of a source, as YAML; the same of a lookup but for how numbers are written.</summary>
    public static IEnumerable<(string Name, string Yaml)> Of(SourceTable table)
    {
        var (source, part) = (table.Source, table.Source.Part);
        var parts = new (string Name, string? Yaml)[]
        {
            ("format", table.Format == FileFormat.JsonLines && SourceInspection.FormatOf(table.Path) != table.Format ? "jsonl" : null),
            ("each", Text(source.Each)),
            ("delimiter", source.HasBlankRuns ? "blanks" : source.Delimiter is null || source.Delimiter == DelimitedFile.DelimiterOf(table.Path) ? null : source.Delimiter == "\t" ? "tab" : Text(source.Delimiter)),
            ("encoding", table.Encoding),
            ("comment", Text(source.Comment?.ToString())),
            ("escape", Text(source.Escape?.ToString())),
            ("stray_delimiters", source.JoinsStrayDelimiters ? "join" : null),
            ("header_row", part.HeaderRow?.ToString(CultureInfo.InvariantCulture)),
            ("fill_down", source.FillDown.Count > 0 ? YamlText.ListOf([.. source.FillDown]) : null),
            ("decimal", source.DecimalComma ? "comma" : null),
            ("header", source.Header is { } header ? YamlText.ListOf([.. header]) : null),
            ("sheet", Text(part.Sheet)),
            ("path", Text(part.Path)),
            ("table", Text(part.Table)),
            ("\"null\"", source.Nulls.Count > 0 ? $"[{string.Join(", ", source.Nulls.Select(word => $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal)}\""))}]" : null),
        };
        return from said in parts
               where said.Yaml is not null
               select (said.Name, said.Yaml);
    }

    private static string? Text(string? text) => text is null ? null : YamlText.Of(text);
}
