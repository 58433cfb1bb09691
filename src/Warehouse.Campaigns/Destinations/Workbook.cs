using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Warehouse.Definitions;

namespace Warehouse.Campaigns.Destinations;

/// <summary>
/// Writes a table as a workbook of one sheet (ECMA-376, SpreadsheetML), row by row. The parts carry no time and no random
/// name, so that equal rows make equal bytes.
/// </summary>
public static class Workbook
{
    private const int MostRows = 1_048_575;
    private const string Sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The earliest instant that a ZIP archive can name.</summary>
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Text)[] Parts =
    [
        ("[Content_Types].xml",
            """<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""),
        ("_rels/.rels",
            $"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Document}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml",
            $"""<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="{Sheet}" xmlns:r="{Document}"><sheets><sheet name="list" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels",
            $"""<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Document}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Document}/styles" Target="styles.xml"/></Relationships>"""),

        // Style 1 shows dates (format 14), style 3 times (22); style 2 takes what stands in the cell for a text, as an apostrophe does.
        ("xl/styles.xml",
            $"""<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="{Sheet}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="49" quotePrefix="1" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>"""),
    ];

    /// <exception cref="UserFaultException">The list is longer than a sheet can be.</exception>
    internal static Task WriteAsync(DbConnection connection, ExportContent content, string path, CancellationToken cancellationToken) => WriteAsync(
        path,
        [.. content.Columns.Select(column => column.Name).Prepend(content.IsWhole ? null : ExportContent.Change).OfType<string>()],
        content.RowsAsync(connection, 0, long.MaxValue / 2, cancellationToken).Select(row => Cells(content, row.Change, row.Fields)),
        cancellationToken);

    /// <summary>Writes a workbook of one sheet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="columns">What the columns are headed with.</param>
    /// <param name="rows">The rows, each with a cell for each column.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    /// <exception cref="UserFaultException">There are more rows than a sheet can hold.</exception>
    public static async Task WriteAsync(string path, IReadOnlyList<string> columns, IAsyncEnumerable<IEnumerable<SheetCell>> rows, CancellationToken cancellationToken)
    {
        await using var file = File.Create(path);
        using var archive = new ZipArchive(file, ZipArchiveMode.Create);
        foreach (var (name, text) in Parts)
        {
            await using var part = Open(archive, name);
            await part.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        }

        await using var sheet = Open(archive, "xl/worksheets/sheet1.xml");
        await using var xml = XmlWriter.Create(sheet, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(false), CheckCharacters = false });
        await xml.WriteStartDocumentAsync();
        xml.WriteStartElement("worksheet", Sheet);
        xml.WriteStartElement("sheetData", Sheet);
        WriteRow(xml, columns.Select(SheetCell.Of));
        var count = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            if (++count > MostRows)
            {
                throw new UserFaultException(FormattableString.Invariant($"A sheet holds {MostRows:#,##0} rows and this list has more: take csv or parquet."));
            }

            WriteRow(xml, row);
        }

        await xml.WriteEndDocumentAsync();
    }

    private static Stream Open(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name);
        entry.LastWriteTime = Timeless;
        return entry.Open();
    }

    private static IEnumerable<SheetCell> Cells(ExportContent content, string change, IReadOnlyList<string?> fields)
    {
        if (!content.IsWhole)
        {
            yield return SheetCell.Of(change);
        }

        foreach (var (column, text) in content.Columns.Zip(fields))
        {
            yield return (text, column.Field.Type) switch
            {
                (null, _) => SheetCell.Nothing,
                (_, ExportType.Text) => SheetCell.Of(text),
                (_, ExportType.Number) => new SheetCell(SheetCellKind.Number, text),
                _ => SheetCell.Of(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)),
            };
        }
    }

    private static void WriteRow(XmlWriter xml, IEnumerable<SheetCell> cells)
    {
        xml.WriteStartElement("row", Sheet);
        foreach (var cell in cells)
        {
            switch (cell)
            {
                case { Text: null }:
                    xml.WriteElementString("c", Sheet, null);
                    break;
                case { Kind: SheetCellKind.Text, Text: { } text }:
                    WriteText(xml, text);
                    break;
                default:
                    WriteNumber(xml, cell.Text, cell.Kind switch { SheetCellKind.Date => "1", SheetCellKind.Time => "3", _ => null });
                    break;
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteNumber(XmlWriter xml, string text, string? style)
    {
        xml.WriteStartElement("c", Sheet);
        if (style is not null)
        {
            xml.WriteAttributeString("s", style);
        }

        xml.WriteElementString("v", Sheet, text);
        xml.WriteEndElement();
    }

    private static void WriteText(XmlWriter xml, string text)
    {
        var harmless = Formula.Harmless(text);
        xml.WriteStartElement("c", Sheet);
        xml.WriteAttributeString("t", "inlineStr");
        if (!ReferenceEquals(harmless, text))
        {
            xml.WriteAttributeString("s", "2");
        }

        xml.WriteStartElement("is", Sheet);
        xml.WriteStartElement("t", Sheet);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Allowed(harmless!));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>XML 1.0 has no form for some control characters; they become the replacement character.</summary>
    private static string Allowed(string text) => text.All(IsAllowed)
        ? text
        : string.Concat(text.EnumerateRunes().Select(rune => rune.Value < 0x10000 && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));

    private static bool IsAllowed(char letter) => XmlConvert.IsXmlChar(letter);
}
